namespace HaLong.Signatures.Domain.Sessions;

/// <summary>Documents of several sessions that one official signs with one authorisation. What becomes of each stands with its orders.</summary>
internal sealed class SigningBatch
{
    public const int MaxDocuments = 200;

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The caller's key; the same one gives the same batch. Null without.</summary>
    public string? RequestKey { get; init; }

    /// <summary>SHA-256 of what was asked for under the key.</summary>
    public required byte[] RequestHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
