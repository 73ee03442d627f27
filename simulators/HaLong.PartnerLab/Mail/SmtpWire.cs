using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HaLong.PartnerLab.Mail;

/// <summary>Lines to and from one SMTP client; can become TLS in the middle.</summary>
internal sealed class SmtpWire(Stream stream, TimeSpan patience) : IAsyncDisposable
{
    private const int LongestLine = 4096;
    private Stream stream = stream;
    private PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    public bool IsEncrypted => stream is SslStream;

    /// <summary>From here on TLS. What the client had sent before is forgotten: it was not protected (RFC 3207 §4.2).</summary>
    public async Task UpgradeAsync(X509Certificate2 certificate, CancellationToken ct)
    {
        var tls = new SslStream(stream);
        stream = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, ct);
        reader = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true));
    }

    public Task ReplyAsync(string reply, CancellationToken ct) => stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), ct).AsTask();

    /// <summary>The next line without its CRLF; null when the client has gone.</summary>
    public async Task<byte[]?> ReadLineAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        while (true)
        {
            var read = await reader.ReadAsync(limit.Token);
            var buffer = read.Buffer;
            if (TakeLine(ref buffer) is { } line)
            {
                reader.AdvanceTo(buffer.Start);
                return line;
            }

            if (buffer.Length > LongestLine)
            {
                await ReplyAsync("500 5.5.2 Line too long", ct);
                throw new IOException("A line was too long.");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static byte[]? TakeLine(ref ReadOnlySequence<byte> buffer)
    {
        var sequence = new SequenceReader<byte>(buffer);
        if (!sequence.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
            return null;
        buffer = buffer.Slice(sequence.Position);
        return line.ToArray();
    }
}
