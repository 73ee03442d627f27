namespace HaLong.Dossiers.Files.Links;

/// <summary>
/// A link that opens one document for a few minutes without a token. It stands for its maker: what he may not open at that moment, it does not
/// open either. The secret in it is known by its hash only.
/// </summary>
internal sealed class DocumentLink
{
    public Guid Id { get; init; }

    /// <summary>SHA-256 of the secret in the address.</summary>
    public required byte[] SecretHash { get; init; }

    public Guid DossierId { get; init; }
    public Guid DocumentId { get; init; }

    /// <summary>Who made it: the claims of his token that rights depend on, as JSON pairs. No name, no personal number.</summary>
    public required string Claims { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
