using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.PartnerLab.Signing;

/// <summary>A signer's key with its certificate, at either provider. All made up.</summary>
internal sealed record LabSigner(string UserId, string Name, string CredentialId, string Pin, AsymmetricAlgorithm Key, X509Certificate2 Certificate)
{
    public string SerialNumber => Certificate.SerialNumber;

    /// <summary>Signs a hash: RSA by PKCS #1 v1.5, elliptic curves in DER.</summary>
    public byte[] Sign(byte[] hash) => Key switch
    {
        RSA rsa => rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        ECDsa elliptic => elliptic.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new InvalidOperationException("Another kind of key."),
    };
}

/// <summary>The test authority of the simulated providers, and its people: those who can be picked at the national identity provider.</summary>
internal sealed class SigningPeople : IDisposable
{
    private readonly Lazy<(ECDsa Key, X509Certificate2 Certificate)> root;
    private readonly Lazy<IReadOnlyList<LabSigner>> signers;

    public SigningPeople(TimeProvider clock)
    {
        root = new(() => NewRoot(clock.GetUtcNow()));
        signers = new(() =>
        [
            NewSigner("022185000123", "Nguyễn Thị Hạnh", "csc-hanh", ECDsa.Create(ECCurve.NamedCurves.nistP256), clock.GetUtcNow()),
            NewSigner("022085000124", "Phạm Quang Minh", "csc-minh", RSA.Create(2048), clock.GetUtcNow()),
            NewSigner("022186000456", "Vũ Thị Lan", "csc-lan", ECDsa.Create(ECCurve.NamedCurves.nistP256), clock.GetUtcNow()),
        ]);
    }

    public X509Certificate2 Root => root.Value.Certificate;

    public IReadOnlyList<LabSigner> Of(string user) => [.. signers.Value.Where(s => s.UserId == user)];

    public LabSigner? Credential(string id) => signers.Value.FirstOrDefault(s => s.CredentialId == id);

    public LabSigner? Serial(string user, string serial) => Of(user).FirstOrDefault(s => string.Equals(s.SerialNumber, serial, StringComparison.OrdinalIgnoreCase));

    /// <summary>Somebody else, for answers that are wrong on purpose.</summary>
    public LabSigner Other(LabSigner than) => signers.Value.First(s => s.CredentialId != than.CredentialId);

    public void Dispose()
    {
        if (root.IsValueCreated)
        {
            root.Value.Key.Dispose();
            root.Value.Certificate.Dispose();
        }

        if (!signers.IsValueCreated)
            return;
        foreach (var signer in signers.Value)
        {
            signer.Key.Dispose();
            signer.Certificate.Dispose();
        }
    }

    private static (ECDsa Key, X509Certificate2 Certificate) NewRoot(DateTimeOffset now)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PartnerLab Test CA, O=PartnerLab, C=VN", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return (key, request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10)));
    }

    private LabSigner NewSigner(string user, string name, string credential, AsymmetricAlgorithm key, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.Add("0.9.2342.19200300.100.1.1", "CCCD:" + user);
        subject.AddCommonName(name);
        subject.AddCountryOrRegion("VN");
        var request = key is RSA rsa ? new CertificateRequest(subject.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject.Build(), (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return new LabSigner(user, name, credential, "123456", key, request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(root.Value.Key),
            now.AddHours(-1), now.AddYears(2), serial));
    }
}
