using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Validation;

/// <summary>Where a certificate says that its status is found (RFC 5280 §4.2.2.1, §4.2.1.13), and what is asked there. By http only.</summary>
internal static class StatusPlaces
{
    private const int MaxPlaces = 2;

    public static IReadOnlyList<Uri> Responders(X509Certificate2 certificate) => Try(() =>
        certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>().SelectMany(e => e.EnumerateOcspUris()));

    // A list for some reasons only does not say that a certificate holds.
    public static IReadOnlyList<Uri> Lists(X509Certificate2 certificate) => Try(() =>
        new BouncyCertificate(certificate.RawData).GetExtension(X509Extensions.CrlDistributionPoints) is { } extension
            ? CrlDistPoint.GetInstance(extension.GetParsedValue()).GetDistributionPoints()
                .Where(p => p.Reasons is null).Select(p => p.DistributionPointName).Where(n => n is { Type: DistributionPointName.FullName })
                .SelectMany(n => GeneralNames.GetInstance(n.Name).GetNames()).Where(n => n.TagNo == GeneralName.UniformResourceIdentifier)
                .Select(n => n.Name.ToString() ?? "")
            : []);

    /// <summary>The question about one certificate. By SHA-1, which here only names the issuer: many responders know no other (RFC 5019 §2.1.1).</summary>
    public static byte[] Question(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var generator = new OcspReqGenerator();
        generator.AddRequest(new CertificateID(CertificateID.DigestSha1, new BouncyCertificate(issuer.RawData),
            new BouncyCertificate(certificate.RawData).SerialNumber));
        return generator.Generate().GetEncoded();
    }

    // What stands in a stranger's certificate may be anything.
    private static List<Uri> Try(Func<IEnumerable<string>> read)
    {
        try
        {
            return [.. read().Select(t => Uri.TryCreate(t, UriKind.Absolute, out var place) ? place : null).OfType<Uri>()
                .Where(p => p.Scheme == Uri.UriSchemeHttp && p.UserInfo.Length == 0).Take(MaxPlaces)];
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException or InvalidOperationException or IOException
            or System.Security.Cryptography.CryptographicException)
        {
            return [];
        }
    }
}
