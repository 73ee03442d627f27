namespace HaLong.Dossiers.Documents;

/// <summary>A received file that has no place yet; gone when disposed, unless it was kept.</summary>
internal sealed class IncomingFile(string path) : IDisposable
{
    private readonly byte[] head = new byte[16];
    private readonly byte[] tail = new byte[FileType.Edge];
    private int headLength;
    private int tailLength;

    public string Path { get; } = path;
    public long Size { get; set; }
    public string Sha256 { get; set; } = "";
    public bool Kept { get; set; }

    /// <summary>True when the sender was gone before he was through.</summary>
    public bool IsBrokenOff { get; set; }

    /// <summary>What the content is; null for a type that is not accepted.</summary>
    public FileType? Type => FileType.Of(head.AsSpan(0, headLength), tail.AsSpan(0, tailLength));

    /// <summary>Remembers the first and the last bytes while the content streams by.</summary>
    public void Look(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[..Math.Min(bytes.Length, head.Length - headLength)];
        first.CopyTo(head.AsSpan(headLength));
        headLength += first.Length;

        var last = bytes[Math.Max(0, bytes.Length - tail.Length)..];
        var keep = Math.Min(tailLength, tail.Length - last.Length);
        tail.AsSpan(tailLength - keep, keep).CopyTo(tail);
        last.CopyTo(tail.AsSpan(keep));
        tailLength = keep + last.Length;
    }

    public void Dispose()
    {
        if (!Kept && File.Exists(Path))
            File.Delete(Path);
    }
}
