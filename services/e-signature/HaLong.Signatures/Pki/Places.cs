using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace HaLong.Signatures.Pki;

/// <summary>Where a certificate says that its status is found. Only http addresses: what lies there is signed.</summary>
internal static class Places
{
    private const string ListPlaces = "2.5.29.31";

    /// <summary>Status responders (RFC 5280 §4.2.2.1).</summary>
    public static List<Uri> Status(X509Certificate2 certificate) => [.. certificate.Extensions.OfType<X509AuthorityInformationAccessExtension>()
        .SelectMany(e => e.EnumerateOcspUris()).Select(AsHttp).OfType<Uri>()];

    /// <summary>Lists of revoked certificates (RFC 5280 §4.2.1.13).</summary>
    public static List<Uri> Lists(X509Certificate2 certificate)
    {
        if (certificate.Extensions[ListPlaces] is not { } extension)
            return [];
        try
        {
            return [.. CrlDistPoint.GetInstance(Asn1Object.FromByteArray(extension.RawData)).GetDistributionPoints()
                .Where(p => p.Reasons is null && p.DistributionPointName is { Type: DistributionPointName.FullName })
                .SelectMany(p => GeneralNames.GetInstance(p.DistributionPointName.Name).GetNames())
                .Where(n => n.TagNo == GeneralName.UniformResourceIdentifier).Select(n => AsHttp(n.Name.ToString() ?? "")).OfType<Uri>()];
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            return [];
        }
    }

    private static Uri? AsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
