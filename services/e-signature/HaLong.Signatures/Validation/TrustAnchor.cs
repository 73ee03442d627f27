using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Validation;

/// <summary>For what a certificate authority is trusted.</summary>
internal enum TrustUse
{
    Signing,
    TimeStamps,
}

/// <summary>Whose authority it is (Law 20/2023/QH15 art. 22; Decree 23/2025).</summary>
internal enum TrustKind
{
    /// <summary>Of this installation.</summary>
    Own,

    /// <summary>The national root (NEAC).</summary>
    National,

    /// <summary>A licensed public authority.</summary>
    Public,

    /// <summary>Of the Government Cipher Committee.</summary>
    Cipher,

    /// <summary>On the list of recognised foreign ones.</summary>
    Foreign,
}

/// <summary>A root or issuing authority on the list of those we trust.</summary>
/// <param name="Name">For people.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="Sha256">Thumbprint, lower-case hex.</param>
/// <param name="Certificate">DER; null when only the thumbprint is known and the signature has to enclose it.</param>
/// <param name="From">First local day of trust.</param>
/// <param name="Until">First local day without; null while there is none.</param>
/// <param name="Uses">For what.</param>
/// <param name="Source">Where the list has it from.</param>
internal sealed record TrustAnchor(string Name, TrustKind Kind, string Sha256, byte[]? Certificate, DateOnly From, DateOnly? Until,
    IReadOnlyList<TrustUse> Uses, string Source)
{
    /// <summary>Whether it counts for a moment: one withdrawn later still does.</summary>
    public bool CountsAt(DateTimeOffset at) => LocalTime.Date(at) is var day && day >= From && (Until is not { } end || day < end);

    /// <summary>The certificate itself: from the list, or among those that a signature encloses.</summary>
    public byte[]? Find(IEnumerable<byte[]> enclosed) => Certificate
        ?? enclosed.FirstOrDefault(c => Convert.ToHexStringLower(SHA256.HashData(c)) == Sha256);

    /// <summary>A root that vouches for itself; others are issuers whose own issuer is not asked.</summary>
    public static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
