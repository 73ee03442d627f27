using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Pki.Ceremony;

/// <summary>A list that the root signed elsewhere (RFC 5280 §5).</summary>
/// <param name="Number">Its number, which grows from list to list.</param>
/// <param name="NextUpdate">Until when it may be relied on.</param>
internal sealed record RootList(long Number, DateTimeOffset NextUpdate)
{
    /// <summary>Reads a list that the root signed; null for anything else.</summary>
    public static RootList? Read(byte[] list, X509Certificate2 root)
    {
        try
        {
            var (crl, authority) = (new X509CrlParser().ReadCrl(list), new BouncyCertificate(root.RawData));
            if (crl is null || !crl.IssuerDN.Equivalent(authority.SubjectDN) || crl.NextUpdate is not { } next
                || crl.GetExtensionValue(X509Extensions.CrlNumber) is not { } number)
                return null;
            crl.Verify(authority.GetPublicKey());
            return new RootList(DerInteger.GetInstance(number.GetOctets()).LongValueExact, new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc)));
        }
        // What is no such list fails in many ways.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>What an imported list says of a certificate: good unless it is on it, and was issued by whom the list is.</summary>
    public static CertificateStatus StatusOf(byte[] list, byte[] certificate)
    {
        var (crl, about) = (new X509CrlParser().ReadCrl(list), new BouncyCertificate(certificate));
        if (!crl.IssuerDN.Equivalent(about.IssuerDN) || crl.GetRevokedCertificate(about.SerialNumber) is not { } entry)
            return CertificateStatus.Good;
        return new CertificateStatus(true, new DateTimeOffset(DateTime.SpecifyKind(entry.RevocationDate, DateTimeKind.Utc)), RevocationReason.KeyCompromise);
    }
}
