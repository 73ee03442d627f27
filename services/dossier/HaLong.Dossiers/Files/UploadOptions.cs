namespace HaLong.Dossiers.Files;

/// <summary>Resumable uploads, section <c>Files:Uploads</c>.</summary>
internal sealed class UploadOptions
{
    /// <summary>Bytes that are safe as soon as they are there: what a crash can cost a sender at most.</summary>
    public int PieceBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long an upload waits for its next piece, and for being attached.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Most uploads that one person has open.</summary>
    public int MaxOpen { get; set; } = 30;

    /// <summary>Most bytes that they announce together.</summary>
    public long MaxOpenBytes { get; set; } = 400L * 1024 * 1024;
}
