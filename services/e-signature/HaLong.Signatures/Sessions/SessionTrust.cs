using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Sessions;

/// <summary>What signatures of one order carry along, and what they are checked against: asked once for all its documents.</summary>
internal sealed class SessionTrust(Authorities authorities, Responders responders, CertificateRegister register, TimeStampClient stamps, StatusClient status,
    ValidationEvidence evidence, TimeProvider time)
{
    public async Task<Trust> ForAsync(IReadOnlyList<X509Certificate2> signer, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        var stamper = (await responders.GetAsync(AuthorityKind.TimeStamp, ct)).Certificate;
        var known = await register.FindAsync([.. signer.Select(c => c.SerialNumber), stamper.SerialNumber], ct);
        return new Trust(chain.Roots)
        {
            TimeStampRoots = stamps.RootsWith(chain),
            Status = c => c.RawDataMemory.Span.SequenceEqual(chain.Issuing.RawDataMemory.Span) ? CertificateStatus.Good
                : known.GetValueOrDefault(c.SerialNumber),
        };
    }

    /// <summary>What is needed to check such a signature later without asking anybody. Asked for before a transaction is open.</summary>
    /// <returns>Null when the chain is not trusted, so that nobody is called on its word, or the status of a certificate in it cannot be learned.</returns>
    public async Task<ValidationData?> EvidenceAsync(IReadOnlyList<X509Certificate2> signer, CancellationToken ct)
    {
        var (ours, now) = (await authorities.GetAsync(ct), time.GetUtcNow());
        var (reasons, chain) = TrustInspector.Inspect(signer[0], [.. signer.Skip(1).Select(c => c.RawData)], ours.Roots, now);
        if (reasons.Count > 0)
            return null;
        await evidence.PrepareAsync(ct);
        var stamper = await evidence.ForStampAsync(ct);
        return await status.LearnAsync(chain, now, stamper, ct) is { } learned ? stamper.And(learned) : null;
    }
}
