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

    /// <summary>Adds to <paramref name="reasons"/> what speaks against the signer.</summary>
    public SignatureFinding Inspect(SignatureFinding finding, CmsFinding cms, List<string> reasons)
    {
        using var signer = X509CertificateLoader.LoadCertificate(cms.Signer ?? []);
        finding = finding with
        {
            SignerSubject = DistinguishedName.Write(signer.SubjectName),
            SerialNumber = signer.SerialNumber,
            Issuer = DistinguishedName.Write(signer.IssuerName),
        };
        // Nothing can be proven of a signature that does not fit.
        if (reasons.Contains(Reasons.SignatureMismatch) || reasons.Contains(Reasons.MalformedSignature))
            return finding;

        var stamp = TimeStampOf(cms);
        if (stamp?.Failure == Reasons.TimeStampInvalid)
            reasons.Add(Reasons.TimeStampInvalid);
        var at = stamp?.At ?? now;
        var (against, chain) = TrustInspector.Inspect(signer, [.. cms.Others ?? [], .. data.Certificates], trust.Roots, at);
        reasons.AddRange(against);
        // Who does not know the issuer cannot ask it; and past its end a certificate's status is not kept.
        var revoked = against.Count == 0 ? revocation.Inspect(chain, at) : new RevocationFinding(null);
        if (revoked.Reason is { } reason)
            reasons.Add(reason);
        return finding with
        {
            TimeStampedAt = stamp?.At,
            RevokedAt = revoked.RevokedAt,
            Level = LevelOf(finding.Format, stamp, chain),
            Notes = stamp?.At is not null ? [] : stamp is { Failure: Reasons.TimeStampUntrusted } ? [Reasons.TimeStampUntrusted] : [Reasons.NoTimeStamp],
        };
    }

    // The first that holds is the one that counts; where none does, the best that can be said of them.
    private TimeStampFinding? TimeStampOf(CmsFinding cms)
    {
        var value = cms.Value ?? [];
        var tokens = new List<byte[]>(cms.TimeStamps ?? []);
        if (trust.TimeStamps.TryGetValue(Convert.ToHexString(SHA256.HashData(value)), out var kept))
            tokens.Add(kept);
        return tokens.Select(t => Unrevoked(TimeStampInspector.Inspect(t, value, trust, now)))
            .OrderBy(f => f.At is not null ? 0 : f.Failure == Reasons.TimeStampInvalid ? 1 : 2).FirstOrDefault();
    }

    // An authority of ours is asked about; of another's, which is trusted by configuration, no status is to be had.
    private TimeStampFinding Unrevoked(TimeStampFinding finding)
    {
        if (finding is not { At: { } at, Chain: { } chain } || !trust.Roots.Any(r => r.RawDataMemory.Span.SequenceEqual(chain[^1])))
            return finding;
        return revocation.Inspect(chain, at).Reason is null ? finding : new TimeStampFinding(null, Reasons.TimeStampUntrusted);
    }

    private string LevelOf(string format, TimeStampFinding? stamp, IReadOnlyList<byte[]> chain) =>
        format != "ETSI.CAdES.detached" ? ""
        : stamp is not { At: { } at, Chain: { } stampers } ? Signature.BaselineB
        : revocation.StandsAlone(chain, at) && revocation.StandsAlone(stampers, at) ? Signature.BaselineLt
        : Signature.BaselineT;
}
