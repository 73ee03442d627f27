namespace HaLong.Dossiers.Files.Uploads;

/// <summary>The pieces of an upload one after the other; each is opened when its turn comes.</summary>
internal sealed class PiecesStream(IEnumerable<Func<CancellationToken, Task<Stream>>> pieces) : Stream
{
    private readonly IEnumerator<Func<CancellationToken, Task<Stream>>> rest = pieces.GetEnumerator();
    private Stream? current;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (current is null)
            {
                if (!rest.MoveNext())
                    return 0;
                current = await rest.Current(cancellationToken);
            }
            var read = await current.ReadAsync(buffer, cancellationToken);
            if (read > 0)
                return read;
            await current.DisposeAsync();
            current = null;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        current?.Dispose();
        rest.Dispose();
        base.Dispose(disposing);
    }
}
