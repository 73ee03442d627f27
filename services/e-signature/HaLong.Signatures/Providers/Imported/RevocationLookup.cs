using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Providers.Imported;

/// <summary>What an authority's list says.</summary>
internal sealed record ListFinding(bool IsRevoked);

/// <summary>
/// Asks the list of the authority that issued a certificate. The address stands in the certificate, which is a stranger's text: only hosts that are configured are
/// called. A list counts when its authority signed it and it is not past its end.
/// </summary>
internal sealed class RevocationLookup(IHttpClientFactory clients, IOptions<ProviderOptions> options, TimeProvider time)
{
    private const int MaxBytes = 20 * 1024 * 1024;
    private const int MaxKept = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (byte[] List, DateTimeOffset At)> kept = new(StringComparer.Ordinal);

    /// <param name="chain">DER, signer first, with its issuer.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when nothing can be learned.</returns>
    public async Task<ListFinding?> FindAsync(IReadOnlyList<byte[]> chain, DateTimeOffset now, CancellationToken ct)
    {
        if (chain.Count < 2)
            return null;
        foreach (var url in Addresses(chain[0]).Where(u => options.Value.Imported.ListHosts.Contains(u.Host, StringComparer.OrdinalIgnoreCase)))
            if (await FetchAsync(url, ct) is { } list && Judge(list, chain[0], chain[1], now) is { } finding)
                return finding;
        return null;
    }

    /// <summary>What a list says of a certificate; null when the list proves nothing.</summary>
    public static ListFinding? Judge(byte[] list, byte[] certificate, byte[] issuer, DateTimeOffset now)
    {
        try
        {
            var crl = new X509CrlParser().ReadCrl(list);
            var authority = new BouncyCertificate(issuer);
            if (crl is null || !crl.IssuerDN.Equivalent(authority.SubjectDN) || crl.NextUpdate is not { } end || end < now.UtcDateTime)
                return null;
            crl.Verify(authority.GetPublicKey());
            return new ListFinding(crl.GetRevokedCertificate(new BouncyCertificate(certificate).SerialNumber) is not null);
        }
        // A list is a stranger's bytes, whoever is said to have sent it.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private async Task<byte[]?> FetchAsync(Uri url, CancellationToken ct)
    {
        if (kept.TryGetValue(url.AbsoluteUri, out var known) && time.GetUtcNow() - known.At < Keep)
            return known.List;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var client = clients.CreateClient(ProviderChannel.HttpClient);
            using var answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
                return null;
            await answer.Content.LoadIntoBufferAsync(MaxBytes, limit.Token);
            var list = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            if (kept.Count >= MaxKept)
                kept.Clear();
            kept[url.AbsoluteUri] = (list, time.GetUtcNow());
            return list;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private static List<Uri> Addresses(byte[] certificate)
    {
        using var loaded = X509CertificateLoader.LoadCertificate(certificate);
        if (loaded.Extensions["2.5.29.31"] is not { } places)
            return [];
        try
        {
            return [.. CrlDistPoint.GetInstance(places.RawData).GetDistributionPoints().Where(p => p.DistributionPointName?.Type == DistributionPointName.FullName)
                .SelectMany(p => GeneralNames.GetInstance(p.DistributionPointName.Name).GetNames()).Where(n => n.TagNo == GeneralName.UniformResourceIdentifier)
                .Select(n => Uri.TryCreate(n.Name.ToString(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null).OfType<Uri>().Take(4)];
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
        {
            return [];
        }
    }
}
