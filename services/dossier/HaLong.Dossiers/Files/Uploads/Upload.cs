namespace HaLong.Dossiers.Files.Uploads;

/// <summary>A resumable upload. All that is known of it stands here and in its pieces, so any replica can go on with it.</summary>
internal sealed class Upload
{
    public Guid Id { get; init; }

    /// <summary>For whom.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>Who uploads: the only one who may go on with it or attach it.</summary>
    public Guid ActorId { get; init; }

    /// <summary>Bytes announced.</summary>
    public long Length { get; init; }

    /// <summary>Bytes that are safe, the offset of TUS. Moves only from the value that a writer had seen: of two writers one loses.</summary>
    public long Received { get; init; }

    public int Pieces { get; init; }

    /// <summary>What the sender calls the file; not yet cleaned, because that needs its type.</summary>
    public string? FileName { get; init; }

    /// <summary>The header Upload-Metadata as it came; given back on HEAD.</summary>
    public string? Metadata { get; init; }

    /// <summary>SHA-256 of the whole file; null until it is put together.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What the content is; null when it is nothing that is accepted.</summary>
    public string? MediaType { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }

    public bool IsComplete => Received == Length;
}

/// <summary>Bytes of an upload that have arrived in one go.</summary>
internal sealed class UploadPiece
{
    /// <summary>Also the name of its file.</summary>
    public Guid Id { get; init; }

    public Guid UploadId { get; init; }

    /// <summary>Where it begins.</summary>
    public long Start { get; init; }

    public long Length { get; init; }
}
