using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;

namespace HaLong.Signatures.Validation;

/// <summary>What is known of a chain's revocation.</summary>
/// <param name="Reason">What speaks against it; null when each certificate held at the moment that matters.</param>
/// <param name="RevokedAt">Since when one of them does not hold, whether that matters or not.</param>
internal sealed record RevocationFinding(string? Reason, DateTimeOffset? RevokedAt = null)
{
    /// <summary>Of each certificate below the root.</summary>
    public IReadOnlyList<StatusSeen> Statuses { get; init; } = [];

    /// <summary>Those of which nobody knew, each with its issuer.</summary>
    public IReadOnlyList<(byte[] Certificate, byte[] Issuer)> Unknown { get; init; } = [];
}

/// <summary>
/// Asks for each certificate below the root whether it held: the register first, which knows best; else what the file holds; else what was
/// fetched from the issuer. Where none says, it is not called good.
/// </summary>
internal sealed class RevocationInspector(Trust trust, ValidationData data, DateTimeOffset now)
{
    private readonly OfflineStatus offline = new(data, now);
    private readonly OfflineStatus fetched = new(trust.Fetched, now, "ISSUER");

    /// <param name="chain">DER, signer first.</param>
    /// <param name="at">When it had to hold: the time that a time-stamp proves, else now.</param>
    public RevocationFinding Inspect(IReadOnlyList<byte[]> chain, DateTimeOffset at) => Inspect(chain, at, trust.Status);

    private RevocationFinding Inspect(IReadOnlyList<byte[]> chain, DateTimeOffset at, Func<X509Certificate2, CertificateStatus?> ask)
    {
        var worst = new RevocationFinding(null);
        var (statuses, unknown) = (new List<StatusSeen>(), new List<(byte[], byte[])>());
        for (var i = 0; i < chain.Count - 1; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(chain[i]);
            using var issuer = X509CertificateLoader.LoadCertificate(chain[i + 1]);
            var status = ask(certificate) ?? offline.Of(certificate, issuer, at) ?? fetched.Of(certificate, issuer, at);
            var finding = Judge(status, at);
            worst = new RevocationFinding(worst.Reason ?? finding.Reason, worst.RevokedAt ?? finding.RevokedAt);
            statuses.Add(new StatusSeen(certificate.SerialNumber, WordOf(status), status?.Source ?? "", status?.AsOf, status?.RevokedAt));
            if (status is null)
                unknown.Add((chain[i], chain[i + 1]));
        }

        return worst with { Statuses = statuses, Unknown = unknown };
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
    /// A time-stamp whose authority was revoked before it counts as none. Of an authority that is trusted by configuration alone no status has
    /// to be known; where one is, it counts.
    /// </summary>
    /// <param name="finding">The time-stamp.</param>
    /// <param name="unknown">Takes the certificates of which nobody knew, each with its issuer.</param>
    public TimeStampFinding Unrevoked(TimeStampFinding finding, List<(byte[] Certificate, byte[] Issuer)>? unknown = null)
    {
        if (finding is not { At: { } at, Chain: { } chain })
            return finding;
        // Our register knows nothing of another authority's certificates, which is no word against them.
        var ours = trust.Roots.Any(r => r.RawDataMemory.Span.SequenceEqual(chain[^1]));
        var revoked = ours ? Inspect(chain, at) : Inspect(chain, at, _ => null);
        if (revoked.Reason is null || (revoked.Reason == Reasons.RevocationUnavailable && trust.IsConfiguredStamper(chain[^1])))
            return finding;
        unknown?.AddRange(revoked.Unknown);
        return finding with { At = null, Failure = Reasons.TimeStampUntrusted };
    }

    private static string WordOf(CertificateStatus? status) => status switch
    {
        null => "UNAVAILABLE",
        { IsIssued: false } => "NOT_ISSUED",
        { RevokedAt: null } => "GOOD",
        { Reason: RevocationReason.CertificateHold } => "SUSPENDED",
        _ => "REVOKED",
    };

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
