using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Validation;

/// <summary>
/// Who signed, and whether the certificate held when it mattered: at the time that a trusted time-stamp proves, or else now. A signature that
/// existed before its certificate was revoked or expired stays good.
/// </summary>
internal sealed class SignerInspector(Trust trust, ValidationData data, DateTimeOffset now)
{
    private readonly RevocationInspector revocation = new(trust, data, now);
    private IReadOnlyList<(byte[] Certificate, byte[] Issuer)> stampersUnknown = [];

    /// <summary>Adds to <paramref name="reasons"/> what speaks against the signer.</summary>
    public SignatureFinding Inspect(SignatureFinding finding, CmsFinding cms, List<string> reasons)
    {
        using var signer = X509CertificateLoader.LoadCertificate(cms.Signer ?? []);
        finding = finding with
        {
            SignerSubject = DistinguishedName.Write(signer.SubjectName),
            SerialNumber = signer.SerialNumber,
            Issuer = DistinguishedName.Write(signer.IssuerName),
            Detail = new FindingDetail { Algorithms = cms.Algorithms },
        };
        // Nothing can be proven of a signature that does not fit.
        if (reasons.Contains(Reasons.SignatureMismatch) || reasons.Contains(Reasons.MalformedSignature))
            return finding;

        var stamps = TimeStampsOf(cms);
        var stamp = stamps.FirstOrDefault();
        if (stamp?.Failure == Reasons.TimeStampInvalid)
            reasons.Add(Reasons.TimeStampInvalid);
        var at = stamp?.At ?? now;
        var (against, chain) = ChainOf(signer, [.. cms.Others ?? [], .. data.Certificates], at);
        reasons.AddRange(against);
        if ((cms.Algorithms is { } algorithms && !trust.Rules.Permit(algorithms, at)) || (against.Count == 0 && !trust.Rules.Permit(chain, at)))
            reasons.Add(Reasons.WeakAlgorithm);
        // Who does not know the issuer cannot ask it; and past its end a certificate's status is not kept.
        var revoked = against.Count == 0 ? revocation.Inspect(chain, at) : null;
        if (revoked?.Reason is { } reason)
            reasons.Add(reason);
        return finding with
        {
            TimeStampedAt = stamp?.At,
            RevokedAt = revoked?.RevokedAt,
            Level = LevelOf(finding.Format, stamp, chain),
            Notes = stamp?.At is not null ? [] : stamp is { Failure: Reasons.TimeStampUntrusted } ? [Reasons.TimeStampUntrusted] : [Reasons.NoTimeStamp],
            Detail = finding.Detail with
            {
                Chain = [.. chain.Select(Seen)],
                Statuses = revoked?.Statuses,
                TimeStamps = stamps.ConvertAll(s => new TimeStampSeen(s.Stated, s.Authority,
                    s.At is not null ? "TRUSTED" : s.Failure == Reasons.TimeStampInvalid ? "INVALID" : "UNTRUSTED")),
                CheckedFor = at,
                Unknown = [.. revoked?.Unknown ?? [], .. stampersUnknown],
            },
        };
    }

    private (List<string> Reasons, IReadOnlyList<byte[]> Chain) ChainOf(X509Certificate2 signer, IReadOnlyList<byte[]> others, DateTimeOffset at)
    {
        var found = TrustInspector.Inspect(signer, others, trust.RootsAt(TrustUse.Signing, at, others), at);
        if (!found.Reasons.Contains(Reasons.UntrustedChain) || trust.Anchors.Count == 0)
            return found;
        // Trusted once, but not for this moment: that is worth another word.
        var ever = TrustInspector.Inspect(signer, others, trust.RootsAt(TrustUse.Signing, null, others), at);
        return ever.Reasons.Contains(Reasons.UntrustedChain) ? found : ([.. ever.Reasons, Reasons.IssuerWithdrawn], ever.Chain);
    }

    private static CertificateSeen Seen(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return new CertificateSeen(DistinguishedName.Write(certificate.SubjectName), DistinguishedName.Write(certificate.IssuerName),
            certificate.SerialNumber, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(),
            Convert.ToHexStringLower(SHA256.HashData(der)));
    }

    // The first that holds is the one that counts; where none does, the worst that can be said of them.
    private List<TimeStampFinding> TimeStampsOf(CmsFinding cms)
    {
        var value = cms.Value ?? [];
        var tokens = new List<byte[]>(cms.TimeStamps ?? []);
        if (trust.TimeStamps.TryGetValue(Convert.ToHexString(SHA256.HashData(value)), out var kept))
            tokens.Add(kept);
        stampersUnknown = [];
        return [.. tokens.Select(t => Unrevoked(TimeStampInspector.Inspect(t, value, trust, now)))
            .OrderBy(f => f.At is not null ? 0 : f.Failure == Reasons.TimeStampInvalid ? 1 : 2)];
    }

    // Of an authority that is trusted by configuration alone, no status is to be had.
    private TimeStampFinding Unrevoked(TimeStampFinding finding)
    {
        if (finding is not { At: { } at, Chain: { } chain } || trust.IsConfiguredStamper(chain[^1]))
            return finding;
        var revoked = revocation.Inspect(chain, at);
        stampersUnknown = [.. stampersUnknown, .. revoked.Unknown];
        return revoked.Reason is null ? finding : finding with { At = null, Failure = Reasons.TimeStampUntrusted };
    }

    private string LevelOf(string format, TimeStampFinding? stamp, IReadOnlyList<byte[]> chain) =>
        format == SignatureFormats.Jades ? Signature.BaselineB
        : !SignatureFormats.HasLevels(format) ? ""
        : stamp is not { At: { } at, Chain: { } stampers } ? Signature.BaselineB
        : revocation.StandsAlone(chain, at) && revocation.StandsAlone(stampers, at) ? Signature.BaselineLt
        : Signature.BaselineT;
}
