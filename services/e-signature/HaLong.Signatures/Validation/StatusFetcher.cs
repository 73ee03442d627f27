using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pdf;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Validation;

/// <summary>
/// Asks issuers on the list of trusted roots about their certificates, when that is switched on and the file does not say. What comes back is
/// checked like what a file holds.
/// </summary>
internal sealed class StatusFetcher(StatusDoor door, IOptions<ValidationOptions> options)
{
    // Anyone may have a file validated: less is read for him than for our own signatures.
    private const int MaxListBytes = 1024 * 1024;
    private const int MaxCertificates = 8;

    /// <summary>Off by default.</summary>
    public bool IsOn => options.Value.AskIssuers;

    /// <param name="unknown">Certificates (DER) of trusted chains whose status nobody knows, each with its issuer.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What was to be had; nothing of it is checked yet.</returns>
    public async Task<ValidationData> FetchAsync(IEnumerable<(byte[] Certificate, byte[] Issuer)> unknown, CancellationToken ct)
    {
        // Several places of one certificate do not add up to more than twice the patience.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(2 * door.Patience);
        var found = await Task.WhenAll(unknown.DistinctBy(u => Convert.ToHexString(u.Certificate)).Take(MaxCertificates)
            .Select(u => FetchAsync(u.Certificate, u.Issuer, limit.Token)));
        ct.ThrowIfCancellationRequested();
        return found.OfType<ValidationData>().Aggregate(ValidationData.None, (all, one) => all.And(one));
    }

    private async Task<ValidationData?> FetchAsync(byte[] der, byte[] issuerDer, CancellationToken ct)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        using var issuer = X509CertificateLoader.LoadCertificate(issuerDer);
        try
        {
            return await door.FindAsync(certificate, issuer, MaxListBytes, _ => true, ct);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
