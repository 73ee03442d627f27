using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Signatures.Validation;

/// <summary>
/// What this service knows about the signatures of one file: the status of their certificates, which is its own record, and time-stamps that
/// came after a file had been handed out. Without the database the validator has to do with what the file holds.
/// </summary>
internal sealed partial class TrustSource(Authorities authorities, CertificateRegister register, SignatureDbContext db,
    TimeStampClient stamps, TrustList roots, ILogger<TrustSource> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="ServiceDefaults.ErrorException">SIG-0009 while there is no root to trust.</exception>
    public Task ReadyAsync(CancellationToken ct) => authorities.GetAsync(ct);

    /// <param name="parts">What the signatures of the file refer to.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Trust> ForAsync(SignatureParts parts, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return await WithRegisterAsync(parts, limit.Token);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException }
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            WithoutRegister(log, e);
            var chain = await authorities.GetAsync(ct);
            return In(chain) with { Status = c => IsIssuing(chain, c) ? CertificateStatus.Good : null };
        }
    }

    /// <summary>The same for who must not do without the register: fails when it cannot be read.</summary>
    public async Task<Trust> WithRegisterAsync(SignatureParts parts, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        var imprints = parts.Imprints;
        var known = await register.FindAsync(parts.Numbers, ct);
        var kept = await db.Signatures.Where(s => s.TimeStamp != null && imprints.Contains(s.Imprint!))
            .Select(s => new { s.Imprint, s.TimeStamp }).ToListAsync(ct);
        return In(chain) with
        {
            Status = c => IsIssuing(chain, c) ? CertificateStatus.Good : IsOurs(chain, c) ? known.GetValueOrDefault(c.SerialNumber) : null,
            TimeStamps = kept.ToDictionary(k => Convert.ToHexString(k.Imprint!), k => k.TimeStamp!, StringComparer.Ordinal),
        };
    }

    private Trust In(AuthorityChain chain) => roots.With(chain) with { TimeStampRoots = stamps.RootsWith(chain) };

    // The register knows nothing of what others issued, whatever number and issuer's name they chose.
    private static bool IsOurs(AuthorityChain chain, X509Certificate2 certificate)
    {
        var read = new Org.BouncyCastle.X509.X509Certificate(certificate.RawData);
        return PublicKeys.Verifies(chain.Issuing, read.SigAlgOid, read.GetTbsCertificate(), read.GetSignature());
    }

    // The issuing authority cannot be revoked on line; that it holds is known without asking.
    private static bool IsIssuing(AuthorityChain chain, X509Certificate2 certificate) =>
        certificate.RawDataMemory.Span.SequenceEqual(chain.Issuing.RawDataMemory.Span);

    [LoggerMessage(5022, LogLevel.Warning, "The register of certificates could not be read; validation relies on what the file holds")]
    private static partial void WithoutRegister(ILogger log, Exception exception);
}
