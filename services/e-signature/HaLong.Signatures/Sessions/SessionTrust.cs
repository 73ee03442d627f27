using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Sessions;

/// <summary>What signatures of one order carry along, and what they are checked against: asked once for all its documents.</summary>
internal sealed class SessionTrust(Authorities authorities, Responders responders, TrustSource sources, TrustList roots, StatusClient status,
    ValidationEvidence evidence, TimeProvider time)
{
    public async Task<Trust> ForAsync(IReadOnlyList<X509Certificate2> signer, CancellationToken ct)
    {
        var stamper = (await responders.GetAsync(AuthorityKind.TimeStamp, ct)).Certificate;
        return await sources.WithRegisterAsync(new SignatureParts([.. signer.Select(c => c.SerialNumber), stamper.SerialNumber], []), ct);
    }

    /// <summary>What is needed to check such a signature later without asking anybody. Asked for before a transaction is open.</summary>
    /// <returns>Null when the chain is not trusted, so that nobody is called on its word, or the status of a certificate in it cannot be learned.</returns>
    public async Task<ValidationData?> EvidenceAsync(IReadOnlyList<X509Certificate2> signer, CancellationToken ct)
    {
        var (trust, now) = (roots.With(await authorities.GetAsync(ct)), time.GetUtcNow());
        var others = signer.Skip(1).Select(c => c.RawData).ToList();
        var (reasons, chain) = TrustInspector.Inspect(signer[0], others, trust.RootsAt(TrustUse.Signing, now, others), now);
        if (reasons.Count > 0)
            return null;
        await evidence.PrepareAsync(ct);
        var stamper = await evidence.ForStampAsync(ct);
        return await status.LearnAsync(chain, now, stamper, ct) is { } learned ? stamper.And(learned) : null;
    }
}
