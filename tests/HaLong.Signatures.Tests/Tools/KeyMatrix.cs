using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Keys of every kind that may sign, made once for the assembly, each with a certificate of the test authority.</summary>
internal static class KeyMatrix
{
    private static readonly Dictionary<string, Lazy<AsymmetricAlgorithm>> Keys = new(StringComparer.Ordinal)
    {
        ["RSA-2048"] = new(() => RSA.Create(2048)),
        ["RSA-3072"] = new(() => RSA.Create(3072)),
        ["P-256"] = new(() => ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        ["P-384"] = new(() => ECDsa.Create(ECCurve.NamedCurves.nistP384)),
    };

    private static readonly Dictionary<string, Lazy<X509Certificate2>> Certificates = Keys.Keys.ToDictionary(n => n, n =>
        new Lazy<X509Certificate2>(() => Issue(n)));

    /// <summary>Every key with every hash.</summary>
    public static IEnumerable<(string Key, string Hash)> All => Keys.Keys.SelectMany(k => new[] { "SHA256", "SHA384", "SHA512" }.Select(h => (k, h)));

    public static AsymmetricAlgorithm Key(string name) => Keys[name].Value;

    public static X509Certificate2 Certificate(string name) => Certificates[name].Value;

    /// <summary>Its chain, signer first.</summary>
    public static IReadOnlyList<X509Certificate2> Chain(string name) => [Certificate(name), TestPki.Default.Issuing, TestPki.Default.Root];

    public static SignatureAlgorithm Algorithm(string name, string hash) =>
        SignatureAlgorithm.All.Single(a => a.IsRsa == Key(name) is RSA && a.Hash.Name == hash);

    public static SigningKey Signer(string name, string hash) => SigningKey.Of(Key(name), Algorithm(name, hash), Chain(name));

    /// <summary>The private key in PEM, for other programs.</summary>
    public static string Pem(string name) => Key(name).ExportPkcs8PrivateKeyPem();

    private static X509Certificate2 Issue(string name)
    {
        var subject = CertificateProfiles.Name("Người ký " + name, null, "Test");
        var request = Key(name) is RSA rsa ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)Key(name), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        var pki = TestPki.Default;
        return request.Create(pki.Issuing.SubjectName, X509SignatureGenerator.CreateForECDsa(pki.IssuingKey), pki.Seal.NotBefore, pki.Seal.NotAfter,
            [0x51, .. RandomNumberGenerator.GetBytes(8)]);
    }
}
