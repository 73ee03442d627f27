using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Org.BouncyCastle.Cms;

namespace HaLong.Signatures.Validation;

/// <summary>
/// What this service knows about the signatures of one file: the status of their certificates, which is its own record, and time-stamps that
/// came after a file had been handed out. Without the database the validator has to do with what the file holds.
/// </summary>
internal sealed partial class TrustSource(Authorities authorities, CertificateRegister register, SignatureDbContext db,
    TimeStampClient stamps, ILogger<TrustSource> log)
{
    private const int MaxNumbers = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="ServiceDefaults.ErrorException">SIG-0009 while there is no root to trust.</exception>
    public Task ReadyAsync(CancellationToken ct) => authorities.GetAsync(ct);

    public async Task<Trust> ForAsync(ReadOnlyMemory<byte> pdf, CancellationToken ct)
    {
        var chain = await authorities.GetAsync(ct);
        var trust = new Trust(chain.Roots) { TimeStampRoots = stamps.RootsWith(chain) };
        var (numbers, imprints) = Parts(pdf);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var known = await register.FindAsync(numbers, limit.Token);
            var kept = await db.Signatures.Where(s => s.TimeStamp != null && imprints.Contains(s.Imprint!))
                .Select(s => new { s.Imprint, s.TimeStamp }).ToListAsync(limit.Token);
            return trust with
            {
                Status = c => IsIssuing(chain, c) ? CertificateStatus.Good : known.GetValueOrDefault(c.SerialNumber),
                TimeStamps = kept.ToDictionary(k => Convert.ToHexString(k.Imprint!), k => k.TimeStamp!, StringComparer.Ordinal),
            };
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException }
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            WithoutRegister(log, e);
            return trust with { Status = c => IsIssuing(chain, c) ? CertificateStatus.Good : null };
        }
    }

    // The issuing authority cannot be revoked on line; that it holds is known without asking.
    private static bool IsIssuing(AuthorityChain chain, X509Certificate2 certificate) =>
        certificate.RawDataMemory.Span.SequenceEqual(chain.Issuing.RawDataMemory.Span);

    private static (List<string> Numbers, List<byte[]> Imprints) Parts(ReadOnlyMemory<byte> pdf)
    {
        var (numbers, imprints) = (new List<string>(), new List<byte[]>());
        try
        {
            foreach (var field in SignatureFields.Find(PdfFile.Open(pdf)).Take(PdfValidator.MaxSignatures))
                if (field.Contents is { } contents)
                    AddParts(contents.Bytes, numbers, imprints);
        }
        catch (PdfException)
        {
            // The validator says why.
        }

        return ([.. numbers.Take(MaxNumbers)], imprints);
    }

    private static void AddParts(byte[] contents, List<string> numbers, List<byte[]> imprints)
    {
        try
        {
            // Behind the CMS is room that it did not need.
            AsnDecoder.ReadEncodedValue(contents, AsnEncodingRules.BER, out _, out _, out var length);
            var cms = new CmsSignedData(contents[..length]);
            AddNumbers(cms, numbers);
            foreach (var signer in cms.GetSignerInfos().GetSigners().Take(1))
            {
                imprints.Add(SHA256.HashData(signer.GetSignature()));
                foreach (var token in SignatureTimeStamp.Of(signer))
                    AddNumbers(new CmsSignedData(token), numbers);
            }
        }
        // Hostile input makes the parser fail in many ways; the validator calls it malformed.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
        }
    }

    private static void AddNumbers(CmsSignedData cms, List<string> numbers) =>
        numbers.AddRange(cms.GetCertificates().EnumerateMatches(null).Take(32).Select(c => Convert.ToHexString(c.SerialNumber.ToByteArray())));

    [LoggerMessage(5022, LogLevel.Warning, "The register of certificates could not be read; validation relies on what the file holds")]
    private static partial void WithoutRegister(ILogger log, Exception exception);
}
