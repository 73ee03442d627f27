using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;

namespace HaLong.Signatures.Validation;

/// <summary>What is known of a chain's revocation.</summary>
/// <param name="Reason">What speaks against it; null when each certificate held at the moment that matters.</param>
/// <param name="RevokedAt">Since when one of them does not hold, whether that matters or not.</param>
internal sealed record RevocationFinding(string? Reason, DateTimeOffset? RevokedAt = null);

/// <summary>
/// Asks for each certificate below the root whether it held: the issuer first, who knows best; else what the file holds. Where
/// neither says, it is not called good.
/// </summary>
internal sealed class RevocationInspector(Trust trust, ValidationData data, DateTimeOffset now)
{
    private readonly OfflineStatus offline = new(data, now);

    /// <param name="chain">DER, signer first.</param>
    /// <param name="at">When it had to hold: the time that a time-stamp proves, else now.</param>
    public RevocationFinding Inspect(IReadOnlyList<byte[]> chain, DateTimeOffset at) => Inspect(chain, at, trust.Status);

    private RevocationFinding Inspect(IReadOnlyList<byte[]> chain, DateTimeOffset at, Func<X509Certificate2, CertificateStatus?> ask)
    {
        var worst = new RevocationFinding(null);
        for (var i = 0; i < chain.Count - 1; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(chain[i]);
            using var issuer = X509CertificateLoader.LoadCertificate(chain[i + 1]);
            var finding = Judge(ask(certificate) ?? offline.Of(certificate, issuer, at), at);
            worst = new RevocationFinding(worst.Reason ?? finding.Reason, worst.RevokedAt ?? finding.RevokedAt);
        }

        return worst;
    }

    /// <summary>Whether the file alone can show that each certificate held.</summary>
    public bool StandsAlone(IReadOnlyList<byte[]> chain, DateTimeOffset at)
    {
        for (var i = 0; i < chain.Count - 1; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(chain[i]);
            using var issuer = X509CertificateLoader.LoadCertificate(chain[i + 1]);
            if (Judge(offline.Of(certificate, issuer, at), at).Reason is not null)
                return false;
        }

        return true;
    }

    /// <summary>
    /// A time-stamp whose authority was revoked before it counts as none. Of an authority that is trusted by configuration, no status has to be
    /// known; where one is, it counts.
    /// </summary>
    public TimeStampFinding Unrevoked(TimeStampFinding finding)
    {
        if (finding is not { At: { } at, Chain: { } chain })
            return finding;
        // Our register knows nothing of another authority's certificates, which is no word against them.
        var ours = trust.Roots.Any(r => r.RawDataMemory.Span.SequenceEqual(chain[^1]));
        var reason = ours ? Inspect(chain, at).Reason : Inspect(chain, at, _ => null).Reason;
        var holds = reason is null || (reason == Reasons.RevocationUnavailable && !ours);
        return holds ? finding : new TimeStampFinding(null, Reasons.TimeStampUntrusted);
    }

    private static RevocationFinding Judge(CertificateStatus? status, DateTimeOffset at) => status switch
    {
        null => new(Reasons.RevocationUnavailable),
        { IsIssued: false } => new(Reasons.CertificateNotIssued),
        { RevokedAt: null } => new((string?)null),
        { RevokedAt: { } since } when at < since => new(null, since),
        { Reason: RevocationReason.CertificateHold } => new(Reasons.CertificateSuspended, status.RevokedAt),
        _ => new(Reasons.CertificateRevoked, status.RevokedAt),
    };
}
