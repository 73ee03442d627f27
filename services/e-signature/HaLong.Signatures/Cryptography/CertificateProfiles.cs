using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// The three certificate profiles of the development CA (RFC 5280). Distribution points are left out until there is a CRL to point to.
/// </summary>
internal static class CertificateProfiles
{
    // A clock that runs behind ours must not find a fresh certificate "not yet valid".
    private static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    public static X509Certificate2 Root(X500DistinguishedName subject, ECDsa key, DateTimeOffset now)
    {
        var request = Request(subject, key, HashAlgorithmName.SHA384);
        AddAuthorityExtensions(request, pathLength: 1);
        return request.CreateSelfSigned(now - Backdating, now.AddYears(20));
    }

    public static X509Certificate2 Issuing(X500DistinguishedName subject, ECDsa key, X509Certificate2 root, ECDsa rootKey,
        DateTimeOffset now)
    {
        var request = Request(subject, key, HashAlgorithmName.SHA384);
        AddAuthorityExtensions(request, pathLength: 0);
        return Issue(request, root, rootKey, now, now.AddYears(10));
    }

    /// <summary>An organisation's seal: signs documents, issues nothing.</summary>
    public static X509Certificate2 Seal(X500DistinguishedName subject, ECDsa key, X509Certificate2 issuer, ECDsa issuerKey,
        DateTimeOffset now)
    {
        var request = Request(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0,
            critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
            critical: true));
        return Issue(request, issuer, issuerKey, now, now.AddYears(3));
    }

    public static X500DistinguishedName Name(string commonName, string? unit, string organisation)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        if (unit is not null)
            name.AddOrganizationalUnitName(unit);
        name.AddOrganizationName(organisation);
        name.AddCountryOrRegion("VN");
        return name.Build();
    }

    private static CertificateRequest Request(X500DistinguishedName subject, ECDsa key, HashAlgorithmName hash)
    {
        var request = new CertificateRequest(subject, key, hash);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static void AddAuthorityExtensions(CertificateRequest request, int pathLength)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true,
            pathLength, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            critical: true));
    }

    private static X509Certificate2 Issue(CertificateRequest request, X509Certificate2 issuer, ECDsa issuerKey, DateTimeOffset now,
        DateTimeOffset until)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true,
            includeIssuerAndSerial: false));
        var notBefore = Later(now - Backdating, issuer.NotBefore);
        // A certificate must not outlive the one that vouches for it.
        var notAfter = until < issuer.NotAfter ? until : new DateTimeOffset(issuer.NotAfter);
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), notBefore, notAfter, SerialNumber());
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTime b) => a > b ? a : new DateTimeOffset(b);

    /// <summary>128 random bits, positive and without a leading zero octet.</summary>
    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
