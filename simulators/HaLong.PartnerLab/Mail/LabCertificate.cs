using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaLong.PartnerLab.Mail;

/// <summary>A root and a certificate for this machine's own name, made when first needed; nobody trusts them who was not told to.</summary>
internal sealed class LabCertificate(TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private (X509Certificate2 Root, X509Certificate2 Server)? made;

    public X509Certificate2 Server => Made.Server;

    public string RootPem => Made.Root.ExportCertificatePem();

    private (X509Certificate2 Root, X509Certificate2 Server) Made
    {
        get
        {
            lock (gate)
                return made ??= Make();
        }
    }

    public void Dispose()
    {
        made?.Root.Dispose();
        made?.Server.Dispose();
    }

    private (X509Certificate2, X509Certificate2) Make()
    {
        var now = clock.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Partner lab root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        var root = rootRequest.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var bare = request.Create(root, now.AddDays(-1), now.AddDays(300), RandomNumberGenerator.GetBytes(12));
        return (root, bare.CopyWithPrivateKey(key));
    }
}
