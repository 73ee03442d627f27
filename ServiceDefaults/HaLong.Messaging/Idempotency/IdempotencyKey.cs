namespace HaLong.Messaging;

/// <summary>The stored answer to an unsafe request; commits with the effect.</summary>
internal sealed class IdempotencyKey
{
    public required string Principal { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] RequestHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Status { get; set; }

    public string? ContentType { get; set; }

    public byte[]? Body { get; set; }

    public string? Location { get; set; }

    public string? Etag { get; set; }
}
