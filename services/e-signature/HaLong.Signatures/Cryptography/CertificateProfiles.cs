using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Cryptography;

/// <summary>
/// The certificate profiles of the development CA (RFC 5280). <c>pki</c> is the public address under which certificates, lists and status are
/// published; certificates made without one name no place to ask.
/// </summary>
internal static class CertificateProfiles
{
    public const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    public const string StatusSigning = "1.3.6.1.5.5.7.3.9";
    private const string StatusNoCheck = "1.3.6.1.5.5.7.48.1.5";

    // A clock that runs behind ours must not find a fresh certificate "not yet valid".
    private static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    public static X509Certificate2 Root(X500DistinguishedName subject, ECDsa key, DateTimeOffset now)
    {
        var request = Request(subject, key, HashAlgorithmName.SHA384);
        AddAuthorityExtensions(request, pathLength: 1);
        // Not CreateSelfSigned, which joins certificate and key: a key in a token cannot be joined to anything.
        return request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now - Backdating, now.AddYears(20), SerialNumber());
    }

    public static X509Certificate2 Issuing(X500DistinguishedName subject, ECDsa key, X509Certificate2 root, ECDsa rootKey,
        DateTimeOffset now, string? pki = null)
    {
        var request = Request(subject, key, HashAlgorithmName.SHA384);
        AddAuthorityExtensions(request, pathLength: 0);
        // The status of an authority is on the root's list; a responder under the issuing authority may not speak for it (RFC 6960 §4.2.2.2).
        AddPlaces(request, pki, "root", status: false);
        return Issue(request, root, rootKey, now, now.AddYears(10));
    }

    /// <summary>An organisation's seal: signs documents, issues nothing.</summary>
    public static X509Certificate2 Seal(X500DistinguishedName subject, ECDsa key, X509Certificate2 issuer, ECDsa issuerKey,
        DateTimeOffset now, string? pki = null)
    {
        var request = EndEntity(subject, key, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation);
        AddPlaces(request, pki, "issuing", status: true);
        return Issue(request, issuer, issuerKey, now, now.AddYears(3));
    }

    /// <summary>A person: signs documents, issues nothing; says by its policy how the person was identified.</summary>
    public static X509Certificate2 Person(X500DistinguishedName subject, ECDsa key, X509Certificate2 issuer, ECDsa issuerKey,
        DateTimeOffset now, DateTimeOffset until, string policy, string? pki = null)
    {
        var request = EndEntity(subject, key, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation);
        request.CertificateExtensions.Add(CertificatePolicies.Extension(policy));
        AddPlaces(request, pki, "issuing", status: true);
        return Issue(request, issuer, issuerKey, now, until);
    }

    /// <summary>A time-stamp authority: its purpose is time-stamping and nothing else, critically (RFC 3161 §2.3).</summary>
    public static X509Certificate2 TimeStamp(X500DistinguishedName subject, ECDsa key, X509Certificate2 issuer, ECDsa issuerKey,
        DateTimeOffset now, string? pki = null)
    {
        var request = EndEntity(subject, key, X509KeyUsageFlags.DigitalSignature);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(TimeStamping)], critical: true));
        AddPlaces(request, pki, "issuing", status: true);
        return Issue(request, issuer, issuerKey, now, now.AddYears(5));
    }

    /// <summary>A status responder. Nobody asks for its own status (id-pkix-ocsp-nocheck), so it lives for months, not years.</summary>
    public static X509Certificate2 StatusResponder(X500DistinguishedName subject, ECDsa key, X509Certificate2 issuer, ECDsa issuerKey,
        DateTimeOffset now)
    {
        var request = EndEntity(subject, key, X509KeyUsageFlags.DigitalSignature);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(StatusSigning)], critical: false));
        request.CertificateExtensions.Add(new X509Extension(StatusNoCheck, [0x05, 0x00], critical: false));
        return Issue(request, issuer, issuerKey, now, now.AddDays(90));
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

    /// <summary>
    /// Name of a person. <c>serialNumber</c> (X.520) is the account: it tells two people of one name apart and is no number of a register.
    /// </summary>
    /// <param name="commonName">Legal name; cut at the 64 characters that X.520 allows.</param>
    /// <param name="account">The account.</param>
    /// <param name="role">Of an officer, else null.</param>
    /// <param name="unit">Of an officer, else null.</param>
    /// <param name="organisation">Of an officer.</param>
    public static X500DistinguishedName PersonName(string commonName, Guid account, string? role, string? unit, string organisation)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName.Length <= 64 ? commonName : commonName[..64]);
        name.Add("2.5.4.5", account.ToString("D"), UniversalTagNumber.PrintableString);
        if (role is not null)
            name.Add("2.5.4.12", role);
        if (unit is not null)
        {
            name.AddOrganizationalUnitName(unit);
            name.AddOrganizationName(organisation);
        }

        name.AddCountryOrRegion("VN");
        return name.Build();
    }

    private static CertificateRequest Request(X500DistinguishedName subject, ECDsa key, HashAlgorithmName hash)
    {
        var request = new CertificateRequest(subject, key, hash);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest EndEntity(X500DistinguishedName subject, ECDsa key, X509KeyUsageFlags usage)
    {
        var request = Request(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0,
            critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        return request;
    }

    private static void AddPlaces(CertificateRequest request, string? pki, string issuer, bool status)
    {
        if (pki is null)
            return;
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(status ? [pki + "/ocsp"] : [],
            [$"{pki}/{issuer}.der"], critical: false));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"{pki}/{issuer}.crl"]));
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
