using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Sessions;

/// <summary>What signatures of one order are checked against: asked once for all its documents.</summary>
internal sealed class SessionTrust(Authorities authorities, Responders responders, CertificateRegister register, TimeStampClient stamps)
{
    public async Task<Trust> ForAsync(IReadOnlyList<X509Certificate2> signer, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        var stamper = (await responders.GetAsync(AuthorityKind.TimeStamp, ct)).Certificate;
        var known = await register.FindAsync([.. signer.Select(c => c.SerialNumber), stamper.SerialNumber], ct);
        return new Trust(chain.Roots)
        {
            TimeStampRoots = stamps.RootsWith(chain),
            Status = c => c.RawDataMemory.Span.SequenceEqual(chain.Issuing.RawDataMemory.Span) ? CertificateStatus.Good : known.GetValueOrDefault(c.SerialNumber),
        };
    }
}
