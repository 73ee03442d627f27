using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;
using CertificateStatus = HaLong.Signatures.Pki.CertificateStatus;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Validation;

/// <summary>The status of certificates from signed answers and lists, each checked before it is believed.</summary>
/// <param name="data">What the file holds, or what was fetched.</param>
/// <param name="now">What speaks of the future says nothing.</param>
/// <param name="origin">FILE or ISSUER: stands before the source in reports.</param>
internal sealed class OfflineStatus(ValidationData data, DateTimeOffset now, string origin = "FILE")
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <param name="certificate">Whose status.</param>
    /// <param name="issuer">Who issued it.</param>
    /// <param name="at">The moment that matters: what was known before it and no longer held at it says nothing.</param>
    /// <returns>Null when nothing in the file says.</returns>
    public CertificateStatus? Of(X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset at) =>
        data.Answers.Select(a => Try(() => FromAnswer(a, certificate, issuer, at))).FirstOrDefault(s => s is not null)
        ?? data.Lists.Select(l => Try(() => FromList(l, certificate, issuer, at))).FirstOrDefault(s => s is not null);

    private CertificateStatus? FromAnswer(byte[] answer, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset at)
    {
        var (issued, by) = (new BouncyCertificate(certificate.RawData), new BouncyCertificate(issuer.RawData));
        if (new OcspResp(answer) is not { Status: OcspRespStatus.Successful } response || response.GetResponseObject() is not BasicOcspResp basic)
            return null;
        foreach (var single in basic.Responses)
        {
            if (!single.GetCertID().SerialNumber.Equals(issued.SerialNumber) || !single.GetCertID().MatchesIssuer(by)
                || !Covers(single.ThisUpdate, single.NextUpdate, at) || !IsSignedFor(basic, issuer))
                continue;
            var status = single.GetCertStatus() switch
            {
                null => CertificateStatus.Good,
                RevokedStatus revoked => new CertificateStatus(true, Utc(revoked.RevocationTime),
                    revoked.HasRevocationReason ? (RevocationReason)revoked.RevocationReason : null),
                _ => CertificateStatus.NotIssued,
            };
            return status with { Source = origin + "_OCSP", AsOf = Utc(single.ThisUpdate) };
        }

        return null;
    }

    /// <summary>By the issuer itself, or by whom it certified for just that (RFC 6960 §4.2.2.2).</summary>
    private static bool IsSignedFor(BasicOcspResp basic, X509Certificate2 issuer)
    {
        var (algorithm, content, signature) = (BasicOcspResponse.GetInstance(basic.GetEncoded()).SignatureAlgorithm.Algorithm.Id, basic.GetTbsResponseData(), basic.GetSignature());
        if (PublicKeys.Verifies(issuer, algorithm, content, signature))
            return true;
        var produced = basic.ProducedAt;
        foreach (var enclosed in basic.GetCerts().Take(4))
        {
            using var responder = X509CertificateLoader.LoadCertificate(enclosed.GetEncoded());
            if (enclosed.GetExtendedKeyUsage()?.Any(u => u.Id == CertificateProfiles.StatusSigning) == true
                && enclosed.NotBefore <= produced && produced <= enclosed.NotAfter
                && PublicKeys.Verifies(issuer, enclosed.SigAlgOid, enclosed.GetTbsCertificate(), enclosed.GetSignature())
                && PublicKeys.Verifies(responder, algorithm, content, signature))
                return true;
        }

        return false;
    }

    private CertificateStatus? FromList(byte[] list, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset at)
    {
        var crl = new X509Crl(list);
        if (!crl.IssuerDN.GetEncoded().AsSpan().SequenceEqual(issuer.SubjectName.RawData) || !Covers(crl.ThisUpdate, crl.NextUpdate, at)
            || crl.GetCriticalExtensionOids().Count > 0
            || !PublicKeys.Verifies(issuer, crl.SigAlgOid, crl.GetTbsCertList(), crl.GetSignature()))
            return null;
        var entry = crl.GetRevokedCertificate(new Org.BouncyCastle.Math.BigInteger(1, Convert.FromHexString(certificate.SerialNumber)));
        var status = entry is null ? CertificateStatus.Good : new CertificateStatus(true, Utc(entry.RevocationDate), Reason(entry));
        return status with { Source = origin + "_CRL", AsOf = Utc(crl.ThisUpdate) };
    }

    private static RevocationReason? Reason(X509CrlEntry entry) =>
        entry.GetExtensionValue(X509Extensions.ReasonCode) is { } value
            ? (RevocationReason)Org.BouncyCastle.Asn1.DerEnumerated.GetInstance(Org.BouncyCastle.Asn1.Asn1Object.FromByteArray(value.GetOctets())).IntValueExact
            : null;

    private bool Covers(DateTime from, DateTime? until, DateTimeOffset at) =>
        Utc(from) <= now + ClockSkew && Utc(until ?? from) + ClockSkew >= at;

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    // What stands in a file is anybody's work: whatever cannot be read says nothing.
    private static CertificateStatus? Try(Func<CertificateStatus?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }
}
