namespace HaLong.Dossiers.Filing.Keys;

/// <summary>
/// A key of this service as stored. The public part is published for ever, because receipts are kept for years; the private part is destroyed
/// once the next key has taken over.
/// </summary>
internal sealed class SigningKey
{
    /// <summary>The RFC 7638 thumbprint of the public part: a row whose private part was exchanged is noticed when it is opened.</summary>
    public required string Id { get; init; }

    /// <summary>Coordinates of the public point on P-256, base64url.</summary>
    public required string X { get; init; }

    public required string Y { get; init; }

    /// <summary>PKCS#8 under AES-256 and PBKDF2; null once destroyed.</summary>
    public byte[]? Sealed { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when it signs; published from the start.</summary>
    public required DateTimeOffset ActivatesAt { get; init; }

    /// <summary>When the private part was destroyed.</summary>
    public DateTimeOffset? DestroyedAt { get; set; }
}
