using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Pki.Ceremony;

/// <summary>What is done with the root's key, on a machine apart: no database, no network.</summary>
internal static class RootWork
{
    /// <summary>A new root.</summary>
    public static X509Certificate2 Init(string name, string organisation, ECDsa key, DateTimeOffset now) =>
        CertificateProfiles.Root(CertificateProfiles.Name(name, unit: null, organisation), key, now);

    /// <summary>The request of an issuing authority: its name and public key, signed with its own key.</summary>
    public static byte[] Request(string name, string organisation, ECDsa key) =>
        new CertificateRequest(CertificateProfiles.Name(name, unit: null, organisation), key, HashAlgorithmName.SHA384).CreateSigningRequest();

    /// <summary>Certifies an issuing authority. Only name and key are taken from the request; everything else is the profile's.</summary>
    /// <exception cref="CryptographicException">The request is damaged, not signed by its key, or of a key that is not on P-384.</exception>
    public static X509Certificate2 Certify(byte[] request, X509Certificate2 root, ECDsa rootKey, string? pki, DateTimeOffset now)
    {
        var read = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA384);
        using var key = read.PublicKey.GetECDsaPublicKey() ?? throw new CryptographicException("The request is not of a key on an elliptic curve.");
        return key.KeySize == 384 ? CertificateProfiles.Issuing(read.SubjectName, key, root, rootKey, now, pki)
            : throw new CryptographicException("The request must be of a key on P-384.");
    }

    /// <summary>The root's list.</summary>
    /// <param name="root">The root.</param>
    /// <param name="rootKey">Its key.</param>
    /// <param name="revoked">Serial numbers (hex) of authorities that do not hold any more.</param>
    /// <param name="days">How long it may be relied on.</param>
    /// <param name="now">Now.</param>
    public static byte[] List(X509Certificate2 root, ECDsa rootKey, IEnumerable<string> revoked, int days, DateTimeOffset now)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var serial in revoked)
            builder.AddEntry(Convert.FromHexString(serial), now, X509RevocationReason.CACompromise);
        return builder.Build(root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), new BigInteger(now.ToUnixTimeMilliseconds()), now.AddDays(days),
            HashAlgorithmName.SHA384, X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false), now);
    }
}
