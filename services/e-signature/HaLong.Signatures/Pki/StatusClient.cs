using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Validation;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using BouncyCertificate = Org.BouncyCastle.X509.X509Certificate;

namespace HaLong.Signatures.Pki;

/// <summary>
/// Learns the status of a certificate from its issuer, to be kept in a file: from ourselves for our own, else at the places that the
/// certificate names (RFC 5280 §4.2.2.1, §4.2.1.13). Only of chains that are trusted: others must not lead us to call anybody. Bounded in time
/// and size; an answer that does not say that the certificate held is none.
/// </summary>
internal sealed partial class StatusClient(IHttpClientFactory clients, Authorities authorities, StatusResponder own, RevocationLists lists,
    TimeProvider time, ILogger<StatusClient> log)
{
    public const string HttpClient = "status";
    private const int MaxAnswerBytes = 64 * 1024;
    private const int MaxListBytes = 2 * 1024 * 1024;
    private const int MaxPlaces = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

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
            if (Says(known, certificate, issuer, at))
                continue;
            if (await AskAsync(certificate, issuer, at, ct) is not { } answer)
                return null;
            learned = learned.And(answer);
        }

        return learned;
    }

    private bool Says(ValidationData data, X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset at) =>
        new OfflineStatus(data, time.GetUtcNow()).Of(certificate, issuer, at) is { IsIssued: true } status && !(status.RevokedAt <= at);

    private async Task<ValidationData?> AskAsync(X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset at, CancellationToken ct)
    {
        var ours = await authorities.GetAsync(ct);
        if (issuer.RawDataMemory.Span.SequenceEqual(ours.Root.RawDataMemory.Span))
            return Kept(new ValidationData([], [], [await lists.GetAsync(AuthorityKind.Root, ct)]));
        if (issuer.RawDataMemory.Span.SequenceEqual(ours.Issuing.RawDataMemory.Span))
            return Kept(new ValidationData([], [(await own.AnswerAsync(Question(certificate, issuer), ct)).Der], []));
        foreach (var place in Places.Status(certificate).Take(MaxPlaces))
            if (await FetchAsync(place, Question(certificate, issuer), MaxAnswerBytes, ct) is { } answer
                && Kept(new ValidationData([], [answer], [])) is { } kept)
                return kept;
        foreach (var place in Places.Lists(certificate).Take(MaxPlaces))
            if (await FetchAsync(place, null, MaxListBytes, ct) is { } list && Kept(new ValidationData([], [], [list])) is { } kept)
                return kept;
        return null;

        ValidationData? Kept(ValidationData data) => Says(data, certificate, issuer, at) ? data : null;
    }

    private async Task<byte[]?> FetchAsync(Uri place, byte[]? question, int maxBytes, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var client = clients.CreateClient(HttpClient);
            using var request = new HttpRequestMessage(question is null ? HttpMethod.Get : HttpMethod.Post, place);
            if (question is not null)
                request.Content = new ByteArrayContent(question) { Headers = { ContentType = new MediaTypeHeaderValue("application/ocsp-request") } };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            answer.EnsureSuccessStatusCode();
            // Whatever it says about the length: no more than this is read.
            await answer.Content.LoadIntoBufferAsync(maxBytes, limit.Token);
            return await answer.Content.ReadAsByteArrayAsync(limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Unreachable(log, place, e.GetType().Name);
            return null;
        }
    }

    private static byte[] Question(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var generator = new OcspReqGenerator();
        // Responders that follow RFC 5019 know no other hash here; it is a name, which nobody's security rests on.
        generator.AddRequest(new CertificateID(new AlgorithmIdentifier(new DerObjectIdentifier("1.3.14.3.2.26"), DerNull.Instance),
            new BouncyCertificate(issuer.RawData), new Org.BouncyCastle.Math.BigInteger(1, certificate.SerialNumberBytes.ToArray())));
        return generator.Generate().GetEncoded();
    }

    [LoggerMessage(5100, LogLevel.Warning, "The status of a certificate could not be learned at {Place}: {Failure}")]
    private static partial void Unreachable(ILogger log, Uri place, string failure);
}
