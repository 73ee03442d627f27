using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Pki;

/// <summary>
/// Learns the status of certificates from their issuers: from ourselves for our own, else at the places that the certificates name. Only of
/// chains that are trusted: others must not lead us to call anybody.
/// </summary>
internal sealed class StatusClient(StatusDoor door, Authorities authorities, StatusResponder own, RevocationLists lists, TimeProvider time)
{
    // It goes into every file that is signed.
    private const int MaxKeptListBytes = 2 * 1024 * 1024;
    private const int MaxListBytes = 20 * 1024 * 1024;

    /// <summary>What is to be kept in a file; an answer that does not say that the certificate held is none.</summary>
    /// <param name="chain">DER, signer first; trusted.</param>
    /// <param name="at">When each had to hold.</param>
    /// <param name="known">What is there already: not asked again.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What was missing and could be learned, the certificates included; null when the status of one cannot be learned.</returns>
    public async Task<ValidationData?> LearnAsync(IReadOnlyList<byte[]> chain, DateTimeOffset at, ValidationData known, CancellationToken ct)
    {
        var learned = new ValidationData([.. chain.Take(Math.Max(1, chain.Count - 1))], [], []);
        for (var i = 0; i < chain.Count - 1; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(chain[i]);
            using var issuer = X509CertificateLoader.LoadCertificate(chain[i + 1]);
            bool Holds(ValidationData data) => StatusIn(data, certificate, issuer, at) is { } status && !(status.RevokedAt <= at);
            if (Holds(known))
                continue;
            if (await AskAsync(certificate, issuer, MaxKeptListBytes, Holds, ct) is not { } answer)
                return null;
            learned = learned.And(answer);
        }

        return learned;
    }

    /// <summary>The status of the first certificate of a chain at this moment.</summary>
    /// <param name="chain">DER, signer first; trusted.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when it cannot be learned.</returns>
    public async Task<CertificateStatus?> FindAsync(IReadOnlyList<byte[]> chain, CancellationToken ct)
    {
        if (chain.Count < 2)
            return null;
        using var certificate = X509CertificateLoader.LoadCertificate(chain[0]);
        using var issuer = X509CertificateLoader.LoadCertificate(chain[1]);
        CertificateStatus? found = null;
        await AskAsync(certificate, issuer, MaxListBytes, d => (found = StatusIn(d, certificate, issuer, time.GetUtcNow())) is not null, ct);
        return found;
    }

    // A responder that does not know the certificate says nothing.
    private CertificateStatus? StatusIn(ValidationData data, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset at) =>
        new OfflineStatus(data, time.GetUtcNow()).Of(certificate, issuer, at) is { IsIssued: true } status ? status : null;

    private async Task<ValidationData?> AskAsync(X509Certificate2 certificate, X509Certificate2 issuer, int maxListBytes,
        Func<ValidationData, bool> wanted, CancellationToken ct)
    {
        var ours = await authorities.GetAsync(ct);
        if (issuer.RawDataMemory.Span.SequenceEqual(ours.Root.RawDataMemory.Span))
            return Wanted(new ValidationData([], [], [await lists.GetAsync(AuthorityKind.Root, ct)]));
        if (issuer.RawDataMemory.Span.SequenceEqual(ours.Issuing.RawDataMemory.Span))
            return Wanted(new ValidationData([], [(await own.AnswerAsync(StatusPlaces.Question(certificate, issuer), ct)).Der], []));
        return await door.FindAsync(certificate, issuer, maxListBytes, wanted, ct);

        ValidationData? Wanted(ValidationData data) => wanted(data) ? data : null;
    }
}
