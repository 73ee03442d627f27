using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Validation;

/// <summary>Builds the chain of a signer to our roots. It is the chain that names the issuer, never the text of a name.</summary>
internal static class TrustInspector
{
    public static List<string> Inspect(X509Certificate2 signer, IReadOnlyList<byte[]> others, X509Certificate2Collection roots,
        DateTimeOffset now)
    {
        var reasons = new List<string>();
        if (signer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
            && (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0)
            reasons.Add(Reasons.KeyUsageForbidden);

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // Certificates of strangers name addresses to fetch more from: a validator must not be led to call them.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        var loaded = others.Select(X509CertificateLoader.LoadCertificate).ToList();
        chain.ChainPolicy.ExtraStore.AddRange(loaded.ToArray());
        try
        {
            if (!chain.Build(signer))
                reasons.AddRange(chain.ChainElements.SelectMany(e => e.ChainElementStatus.Select(s => Word(s.Status, e.Certificate, now)))
                    .Concat(chain.ChainStatus.Select(s => Word(s.Status, signer, now))).Distinct());
            return reasons;
        }
        finally
        {
            loaded.ForEach(c => c.Dispose());
        }
    }

    private static string Word(X509ChainStatusFlags status, X509Certificate2 certificate, DateTimeOffset now) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => now < certificate.NotBefore ? Reasons.CertificateNotYetValid : Reasons.CertificateExpired,
        _ => Reasons.UntrustedChain,
    };
}
