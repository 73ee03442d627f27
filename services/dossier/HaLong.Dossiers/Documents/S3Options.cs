namespace HaLong.Dossiers.Documents;

/// <summary>An S3-compatible store instead of the disk, section <c>Files:S3</c>; in use when <see cref="Bucket"/> is set.</summary>
internal sealed class S3Options
{
    /// <summary>The bucket, which must be there already; empty: files lie on the disk.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Address of the server; empty for Amazon's own.</summary>
    public string ServiceUrl { get; set; } = "";

    public string Region { get; set; } = "us-east-1";

    public string AccessKey { get; set; } = "";

    public string SecretKey { get; set; } = "";

    /// <summary>Bucket in the path instead of the host name; most servers other than Amazon's want it.</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>Files above this size travel in parts of it. S3 takes no smaller parts than 5 MB.</summary>
    public int PartBytes { get; set; } = 8 * 1024 * 1024;

    public bool IsUsed => Bucket.Length > 0;

    public bool IsComplete => !IsUsed || (AccessKey.Length > 0 && SecretKey.Length > 0 && PartBytes >= 5 * 1024 * 1024);
}
