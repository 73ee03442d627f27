using System.Security.Cryptography;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tsp;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Validation;

/// <summary>What a time-stamp proves.</summary>
/// <param name="At">When the signature existed; null when it proves nothing.</param>
/// <param name="Failure">TIME_STAMP_INVALID or TIME_STAMP_UNTRUSTED; null when it holds.</param>
/// <param name="Chain">The authority and those above it, DER; for the question whether it was revoked.</param>
internal sealed record TimeStampFinding(DateTimeOffset? At, string? Failure = null, IReadOnlyList<byte[]>? Chain = null)
{
    /// <summary>The time it states, whether that proves anything or not; null when it cannot be read.</summary>
    public DateTimeOffset? Stated { get; init; }

    /// <summary>Who made it, RFC 4514; empty when it does not say.</summary>
    public string Authority { get; init; } = "";
}

/// <summary>Checks a time-stamp token: what it is over, who made it, and whether that one may (RFC 3161 §2.2).</summary>
internal static class TimeStampInspector
{
    private const int MaxCertificates = 16;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, HashAlgorithmName> Imprints = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
    };

    /// <param name="token">DER.</param>
    /// <param name="signature">The signature value that it must be over.</param>
    /// <param name="trust">Whom to trust.</param>
    /// <param name="now">A time-stamp of the future is none.</param>
    public static TimeStampFinding Inspect(byte[] token, byte[] signature, Trust trust, DateTimeOffset now) =>
        Inspect(token, name => CryptographicOperations.HashData(name, signature), trust, now);

    /// <param name="token">DER.</param>
    /// <param name="digest">Hash of what it must be over, by the hash that it names; null when that is not known.</param>
    /// <param name="trust">Whom to trust.</param>
    /// <param name="now">A time-stamp of the future is none.</param>
    public static TimeStampFinding Inspect(byte[] token, Func<HashAlgorithmName, byte[]?> digest, Trust trust, DateTimeOffset now)
    {
        try
        {
            return Read(new TimeStampToken(new CmsSignedData(token)), digest, trust, now);
        }
        // Hostile input makes the parser fail in many ways; whichever it is, this is not a time-stamp.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new TimeStampFinding(null, Reasons.TimeStampInvalid);
        }
    }

    private static TimeStampFinding Read(TimeStampToken token, Func<HashAlgorithmName, byte[]?> digest, Trust trust, DateTimeOffset now)
    {
        var info = token.TimeStampInfo;
        var at = new DateTimeOffset(DateTime.SpecifyKind(info.GenTime, DateTimeKind.Utc));
        var enclosed = token.GetCertificates().EnumerateMatches(null).Take(MaxCertificates).ToList();
        var authority = enclosed.Find(token.SignerID.Match);
        return Judge(token, authority, [.. enclosed.Select(c => c.GetEncoded())], at, digest, trust, now) with
        {
            Stated = at,
            Authority = authority?.SubjectDN.ToString(true, X509Name.RFC2253Symbols) ?? "",
        };
    }

    private static TimeStampFinding Judge(TimeStampToken token, BouncyCertificate? authority, IReadOnlyList<byte[]> enclosed, DateTimeOffset at,
        Func<HashAlgorithmName, byte[]?> digest, Trust trust, DateTimeOffset now)
    {
        var info = token.TimeStampInfo;
        if (!Imprints.TryGetValue(info.MessageImprintAlgOid, out var hash))
            return new TimeStampFinding(null, Reasons.TimeStampUntrusted);
        if (digest(hash) is not { } expected || !CryptographicOperations.FixedTimeEquals(expected, info.GetMessageImprintDigest())
            || at > now + ClockSkew)
            return new TimeStampFinding(null, Reasons.TimeStampInvalid);
        // A weak digest over the token would let its time be forged.
        if (authority is null || !token.ToCmsSignedData().GetSignerInfos().GetSigners().All(s => Imprints.ContainsKey(s.DigestAlgorithmID.Algorithm.Id)))
            return new TimeStampFinding(null, Reasons.TimeStampUntrusted);
        // Signature, signing-certificate attribute, validity at that time, and the purpose: time-stamping alone, critically.
        try
        {
            token.Validate(authority);
        }
        catch (Exception e) when (e is TspException or CmsException or GeneralSecurityException or ArgumentException or InvalidOperationException)
        {
            return new TimeStampFinding(null, Reasons.TimeStampInvalid);
        }

        return TrustInspector.ChainOf(authority.GetEncoded(), enclosed, trust.RootsAt(TrustUse.TimeStamps, at, enclosed), at,
            CertificateProfiles.TimeStamping) is { } chain && trust.Rules.Permit(chain, at)
            ? new TimeStampFinding(at, Chain: chain)
            : new TimeStampFinding(null, Reasons.TimeStampUntrusted);
    }
}
