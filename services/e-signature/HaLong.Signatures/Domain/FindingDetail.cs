namespace HaLong.Signatures.Domain;

/// <summary>How a signature was made.</summary>
/// <param name="Digest">SHA256, SHA384, SHA512, or a weak one.</param>
/// <param name="Key">RSA, EC or another kind.</param>
/// <param name="Bits">Size of the key.</param>
/// <param name="Scheme">PKCS1, PSS, ECDSA or another.</param>
internal sealed record AlgorithmsSeen(string Digest, string Key, int Bits, string Scheme);

/// <summary>A certificate of the chain.</summary>
/// <param name="Subject">RFC 4514.</param>
/// <param name="Issuer">RFC 4514.</param>
/// <param name="SerialNumber">Hex, upper-case.</param>
/// <param name="NotBefore">First moment of validity.</param>
/// <param name="NotAfter">Last moment of validity.</param>
/// <param name="Sha256">Thumbprint, hex, lower-case.</param>
internal sealed record CertificateSeen(string Subject, string Issuer, string SerialNumber, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Sha256);

/// <summary>What was learnt about a certificate's revocation.</summary>
/// <param name="SerialNumber">Of the certificate.</param>
/// <param name="Outcome">GOOD, REVOKED, SUSPENDED, NOT_ISSUED or UNAVAILABLE.</param>
/// <param name="Source">REGISTER, FILE_OCSP, FILE_CRL, ISSUER_OCSP, ISSUER_CRL; empty when unavailable.</param>
/// <param name="AsOf">What moment the source speaks of; null for the register, which speaks of now.</param>
/// <param name="RevokedAt">Since when it does not hold.</param>
internal sealed record StatusSeen(string SerialNumber, string Outcome, string Source, DateTimeOffset? AsOf, DateTimeOffset? RevokedAt);

/// <summary>A time-stamp of a signature.</summary>
/// <param name="At">The time it states, trusted or not; null when it cannot be read.</param>
/// <param name="Authority">Who made it, RFC 4514; empty when it does not say.</param>
/// <param name="Outcome">TRUSTED, UNTRUSTED or INVALID.</param>
internal sealed record TimeStampSeen(DateTimeOffset? At, string Authority, string Outcome);

/// <summary>What was seen while a signature was checked.</summary>
internal sealed record FindingDetail
{
    public static readonly FindingDetail Nothing = new();

    /// <summary>Null when the signature could not be read so far.</summary>
    public AlgorithmsSeen? Algorithms { get; init; }

    /// <summary>Signer first; as far as it could be built. Empty when it was not tried.</summary>
    public IReadOnlyList<CertificateSeen> Chain { get; init; } = [];

    /// <summary>Null when nobody was asked, because the chain already failed.</summary>
    public IReadOnlyList<StatusSeen>? Statuses { get; init; }

    public IReadOnlyList<TimeStampSeen> TimeStamps { get; init; } = [];

    /// <summary>The moment for which certificates were checked.</summary>
    public DateTimeOffset? CheckedFor { get; init; }

    /// <summary>Certificates (DER) whose status nobody knew, each with its issuer: what could be asked for.</summary>
    public IReadOnlyList<(byte[] Certificate, byte[] Issuer)> Unknown { get; init; } = [];
}
