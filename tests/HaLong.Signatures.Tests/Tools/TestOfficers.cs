using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>An authority that is trusted for officers, and certificates under it, good and bad. The keys are the officers' own: the service never sees one.</summary>
internal sealed class TestOfficers : IDisposable
{
    private readonly ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestOfficers()
    {
        var request = new CertificateRequest("CN=Gốc công vụ thử, O=Test, C=VN", rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        Root = request.CreateSelfSigned(now.AddDays(-30), now.AddYears(5));
    }

    public X509Certificate2 Root { get; }

    /// <summary>A certificate for an officer.</summary>
    /// <param name="key">The officer's key.</param>
    /// <param name="usage">None: without the extension.</param>
    /// <param name="from">Days from today.</param>
    /// <param name="until">Days from today.</param>
    /// <param name="list">Where the authority's list is.</param>
    /// <param name="authority">True: it may issue.</param>
    public X509Certificate2 Certify(AsymmetricAlgorithm key, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
        int from = -1, int until = 365, string? list = null, bool authority = false)
    {
        var name = new X500DistinguishedName("CN=Trần Văn Cán Bộ, O=UBND phường Hạ Long, C=VN");
        var request = key is RSA rsa ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        if (usage != X509KeyUsageFlags.None)
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        if (list is not null)
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([list]));
        var now = TimeProvider.System.GetUtcNow();
        return request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), now.AddDays(from), now.AddDays(until),
            [0x51, .. RandomNumberGenerator.GetBytes(8)]);
    }

    public byte[] List(X509Certificate2? revoked, int until = 7, ECDsa? key = null)
    {
        var (builder, now) = (new CertificateRevocationListBuilder(), TimeProvider.System.GetUtcNow());
        if (revoked is not null)
            builder.AddEntry(revoked, now.AddDays(-1), X509RevocationReason.KeyCompromise);
        return builder.Build(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(key ?? rootKey), 1, now.AddDays(until), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, true, false), now.AddDays(-2));
    }

    public void Dispose()
    {
        rootKey.Dispose();
        Root.Dispose();
    }
}
