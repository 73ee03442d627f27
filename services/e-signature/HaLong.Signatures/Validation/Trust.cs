using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pki;

namespace HaLong.Signatures.Validation;

/// <summary>What a validator may rely on.</summary>
/// <param name="Roots">Where the chain of a signer must end.</param>
internal sealed record Trust(X509Certificate2Collection Roots)
{
    private static readonly Dictionary<string, byte[]> None = [];

    /// <summary>Where the chain of a time-stamp must end.</summary>
    public X509Certificate2Collection TimeStampRoots { get; init; } = Roots;

    /// <summary>What the issuer says at this moment; null when it cannot be asked, and what the file holds must do.</summary>
    public Func<X509Certificate2, CertificateStatus?> Status { get; init; } = _ => null;

    /// <summary>Time-stamps that are not in the file, by the SHA-256 of the signature value (hex).</summary>
    public IReadOnlyDictionary<string, byte[]> TimeStamps { get; init; } = None;
}
