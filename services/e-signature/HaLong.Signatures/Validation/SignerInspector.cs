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
internal sealed class SignerInspector(Trust trust, ValidationData data, DateTimeOffset now,
    IReadOnlyList<DocumentTimeStamp>? documents = null, ArchiveProof? archive = null)
{
    private readonly RevocationInspector revocation = new(trust, data, now);

    /// <summary>Adds to <paramref name="reasons"/> what speaks against the signer.</summary>
    /// <param name="finding">What is known so far.</param>
    /// <param name="cms">The signature.</param>
    /// <param name="reasons">What speaks against it.</param>
    /// <param name="end">Where what it covers of the document ends, when time-stamps over the document are to count.</param>
    public SignatureFinding Inspect(SignatureFinding finding, CmsFinding cms, List<string> reasons, int end = 0)
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

        var late = LateTimeStamp(finding, cms);
        var stamp = TimeStampOf(cms, late, end);
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
            Level = LevelOf(finding.Format, stamp, chain, end),
            LateTimeStamp = late,
            Relied = against.Count > 0 ? [] : stamp is { At: not null, Chain: { } stampers }
                ? [new ReliedChain(chain, at), new ReliedChain(stampers, at)] : [new ReliedChain(chain, at)],
            Notes = stamp?.At is not null ? [] : stamp is { Failure: Reasons.TimeStampUntrusted } ? [Reasons.TimeStampUntrusted] : [Reasons.NoTimeStamp],
        };
    }

    // The earliest that holds is the one that counts; where none does, the best that can be said of them.
    private TimeStampFinding? TimeStampOf(CmsFinding cms, byte[]? late, int end)
    {
        var value = cms.Value ?? [];
        var own = (cms.TimeStamps ?? []).Concat(late is null ? [] : [late])
            .Select(t => revocation.Unrevoked(TimeStampInspector.Inspect(t, value, trust, now)));
        return own.Concat((documents ?? []).Where(d => d.Covers(end)).Select(d => d.Finding))
            .OrderBy(f => f.At is not null ? 0 : f.Failure == Reasons.TimeStampInvalid ? 1 : 2).ThenBy(f => f.At).FirstOrDefault();
    }

    /// <summary>A time-stamp that came after the file: kept by this service, or in the evidence that the file holds.</summary>
    private byte[]? LateTimeStamp(SignatureFinding finding, CmsFinding cms)
    {
        var value = cms.Value ?? [];
        if (trust.TimeStamps.TryGetValue(Convert.ToHexString(SHA256.HashData(value)), out var kept))
            return kept;
        // Evidence is anybody's work and not signed: what does not fit says nothing.
        return data.Signatures.Where(s => s.Key == finding.EvidenceKey).Select(s => s.TimeStamp).OfType<byte[]>()
            .FirstOrDefault(t => TimeStampInspector.Inspect(t, value, trust, now).At is not null);
    }

    private string LevelOf(string format, TimeStampFinding? stamp, IReadOnlyList<byte[]> chain, int end) =>
        format != "ETSI.CAdES.detached" ? ""
        : stamp is not { At: { } at, Chain: { } stampers } ? Signature.BaselineB
        : !revocation.StandsAlone(chain, at) || !revocation.StandsAlone(stampers, at) ? Signature.BaselineT
        : archive?.Keeps(end, chain, stamp) == true ? Signature.BaselineLta
        : Signature.BaselineLt;
}
