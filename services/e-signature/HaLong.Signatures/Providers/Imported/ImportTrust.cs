using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Providers.Imported;

/// <summary>
/// Whether an officer's certificate may be used: readable, under our root or one for public service on the list of trusted roots (by its chain, never
/// by names), valid now, for signing, strong, and not revoked as far as that can be learned.
/// </summary>
internal sealed class ImportTrust(Authorities authorities, TrustList roots, StatusClient status, TimeProvider time)
{
    private const int MaxText = 64 * 1024;
    private const int MaxCertificates = 8;
    private const int MaxKept = 1000;
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (bool IsRevoked, DateTimeOffset At)> kept = new(StringComparer.Ordinal);

    // RSA and ECDSA with SHA-2; PSS is named by one OID whatever its hash, and its hash is read from nowhere here.
    private static readonly HashSet<string> StrongSignatures = new(StringComparer.Ordinal)
    {
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
    };

    /// <param name="text">The certificate, then others of its chain: PEM, or the Base64 of one in DER.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The chain, signer first, and whether its issuer could be asked; else why not.</returns>
    public async Task<Result<(IReadOnlyList<byte[]> Chain, bool RevocationKnown)>> CheckAsync(string? text, CancellationToken ct)
    {
        if (Read(text) is not [var first, .. var others])
            return ImportErrors.Unreadable;
        using var signer = first;
        var (enclosed, now) = (others.ConvertAll(o => o.RawData), time.GetUtcNow());
        others.ForEach(o => o.Dispose());
        var trust = roots.With(await authorities.GetAsync(ct));
        // Officials act under certificates for public service; what the public may use is another matter (Law 20/2023/QH15 art. 22).
        trust = trust with { Anchors = [.. trust.Anchors.Where(a => a.Kind == TrustKind.Cipher)] };
        var (reasons, chain) = TrustInspector.Inspect(signer, enclosed, trust.RootsAt(TrustUse.Signing, now, enclosed), now);
        if (WhyNot(signer, reasons, chain) is { } error)
            return error;
        var revoked = await IsRevokedAsync(chain, ct);
        return revoked == true ? ImportErrors.Revoked : (chain, revoked is not null);
    }

    /// <param name="chain">DER, signer first; trusted.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>As its issuer said within the last minutes; null when that cannot be learned.</returns>
    public async Task<bool?> IsRevokedAsync(IReadOnlyList<byte[]> chain, CancellationToken ct)
    {
        var (name, now) = (Convert.ToHexString(SHA256.HashData(chain[0])), time.GetUtcNow());
        if (kept.TryGetValue(name, out var known) && (now - known.At).Duration() < Keep)
            return known.IsRevoked;
        if (await status.FindAsync(chain, ct) is not { } found)
            return null;
        if (kept.Count >= MaxKept)
            kept.Clear();
        return (kept[name] = (found.RevokedAt is not null, now)).IsRevoked;
    }

    private static Error? WhyNot(X509Certificate2 signer, List<string> reasons, IReadOnlyList<byte[]> chain)
    {
        if (reasons.Contains(Reasons.UntrustedChain))
            return ImportErrors.Untrusted;
        if (reasons.Contains(Reasons.CertificateExpired) || reasons.Contains(Reasons.CertificateNotYetValid))
            return ImportErrors.NotValidNow;
        if (!IsForSigning(signer))
            return ImportErrors.WrongPurpose;
        if (reasons.Count > 0)
            return ImportErrors.Untrusted;
        // The root's own signature proves nothing: it is trusted because it is on the list.
        foreach (var link in chain.Take(Math.Max(1, chain.Count - 1)))
        {
            using var certificate = X509CertificateLoader.LoadCertificate(link);
            if (!IsStrong(certificate))
                return ImportErrors.Weak;
        }

        return null;
    }

    // Without the extension a key may be used for anything (RFC 5280 §4.2.1.3), but a signing certificate that matters says so.
    private static bool IsForSigning(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().All(b => !b.CertificateAuthority)
        && certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
        && (usage.KeyUsages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)) != 0;

    private static bool IsStrong(X509Certificate2 certificate)
    {
        if (!StrongSignatures.Contains(certificate.SignatureAlgorithm.Value ?? ""))
            return false;
        using var rsa = certificate.GetRSAPublicKey();
        using var elliptic = certificate.GetECDsaPublicKey();
        return rsa is { KeySize: >= 2048 } || elliptic is { KeySize: >= 256 };
    }

    private static List<X509Certificate2> Read(string? text)
    {
        if (text is not { Length: > 0 and <= MaxText })
            return [];
        var found = new X509Certificate2Collection();
        try
        {
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
                found.ImportFromPem(text);
            else if (JsonReading.Bytes(text) is { } der)
                found.Add(X509CertificateLoader.LoadCertificate(der));
        }
        catch (CryptographicException)
        {
            return [];
        }

        return found.Count <= MaxCertificates ? [.. found] : [];
    }
}
