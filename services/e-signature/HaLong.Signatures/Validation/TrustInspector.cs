using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Validation;

/// <summary>Builds the chain of a signer to roots or issuers that we trust. It is the chain that names the issuer, never the text of a name.</summary>
internal static class TrustInspector
{
    /// <param name="signer">Whose chain.</param>
    /// <param name="others">Certificates that may lie between.</param>
    /// <param name="roots">Where it must end.</param>
    /// <param name="now">When each of them must be valid.</param>
    /// <returns>What speaks against it, and the chain as it was built, signer first.</returns>
    public static (List<string> Reasons, IReadOnlyList<byte[]> Chain) Inspect(X509Certificate2 signer, IReadOnlyList<byte[]> others,
        X509Certificate2Collection roots, DateTimeOffset now)
    {
        var reasons = new List<string>();
        if (signer.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
            && (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) == 0)
            reasons.Add(Reasons.KeyUsageForbidden);

        var (against, chain) = Build(signer, others, roots, now, purpose: null);
        reasons.AddRange(against);
        return (reasons, chain);
    }

    /// <summary>The chain of a certificate for one purpose; null when there is none that is trusted and valid at that time.</summary>
    public static IReadOnlyList<byte[]>? ChainOf(byte[] certificate, IReadOnlyList<byte[]> others, X509Certificate2Collection roots,
        DateTimeOffset at, string purpose)
    {
        using var signer = X509CertificateLoader.LoadCertificate(certificate);
        var (reasons, chain) = Build(signer, others, roots, at, purpose);
        return reasons.Count == 0 ? chain : null;
    }

    private static (List<string> Reasons, IReadOnlyList<byte[]> Chain) Build(X509Certificate2 signer, IReadOnlyList<byte[]> others,
        X509Certificate2Collection roots, DateTimeOffset at, string? purpose)
    {
        using var chain = NewChain(roots, at);
        if (purpose is not null)
            chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(purpose));
        var loaded = others.Select(TryLoad).OfType<X509Certificate2>().ToList();
        chain.ChainPolicy.ExtraStore.AddRange(loaded.ToArray());
        try
        {
            if (chain.Build(signer))
                return ([], [.. chain.ChainElements.Select(e => e.Certificate.RawData)]);
            var reasons = chain.ChainElements.SelectMany(e => e.ChainElementStatus.Select(s => Word(s.Status, e.Certificate, at)))
                .Concat(chain.ChainStatus.Select(s => Word(s.Status, signer, at))).Distinct().ToList();
            return reasons.Contains(Reasons.UntrustedChain) && ToIssuer(chain, roots, at) is { } shorter ? shorter
                : (reasons, [.. chain.ChainElements.Select(e => e.Certificate.RawData)]);
        }
        finally
        {
            loaded.ForEach(c => c.Dispose());
        }
    }

    /// <summary>
    /// A chain that ends at a trusted issuer who is no root: what lies above is not asked. The engine only trusts roots and stops being strict
    /// above a gap, so each signature below is checked here.
    /// </summary>
    private static (List<string> Reasons, IReadOnlyList<byte[]> Chain)? ToIssuer(X509Chain chain, X509Certificate2Collection roots, DateTimeOffset at)
    {
        var elements = chain.ChainElements.ToList();
        var end = elements.FindIndex(e => roots.Any(r => !TrustAnchor.IsRoot(r) && r.RawDataMemory.Span.SequenceEqual(e.Certificate.RawDataMemory.Span)));
        if (end < 1)
            return null;
        for (var i = 0; i < end; i++)
        {
            var below = new Org.BouncyCastle.X509.X509Certificate(elements[i].Certificate.RawData);
            if (!PublicKeys.Verifies(elements[i + 1].Certificate, below.SigAlgOid, below.GetTbsCertificate(), below.GetSignature()))
                return null;
        }

        var used = elements[..(end + 1)];
        return ([.. used.SelectMany(e => e.ChainElementStatus.Where(s =>
            s.Status is not (X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot))
            .Select(s => Word(s.Status, e.Certificate, at))).Distinct()], used.ConvertAll(e => e.Certificate.RawData));
    }

    // Anybody may put certificates beside a signature: one that cannot be read is no link of a chain, and no fault of the signer.
    private static X509Certificate2? TryLoad(byte[] certificate)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(certificate);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static X509Chain NewChain(X509Certificate2Collection roots, DateTimeOffset at)
    {
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // Certificates of strangers name addresses to fetch more from: a validator must not be led to call them.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        return chain;
    }

    private static string Word(X509ChainStatusFlags status, X509Certificate2 certificate, DateTimeOffset now) => status switch
    {
        X509ChainStatusFlags.NotTimeValid => now < certificate.NotBefore ? Reasons.CertificateNotYetValid : Reasons.CertificateExpired,
        _ => Reasons.UntrustedChain,
    };
}
