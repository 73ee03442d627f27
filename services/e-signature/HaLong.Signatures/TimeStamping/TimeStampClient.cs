using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Validation;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tsp;

namespace HaLong.Signatures.TimeStamping;

/// <summary>A time-stamp that was checked.</summary>
/// <param name="Token">DER.</param>
/// <param name="At">When the authority says that it was.</param>
/// <param name="IsOwn">True when the authority of this service made it.</param>
internal sealed record ObtainedTimeStamp(byte[] Token, DateTimeOffset At, bool IsOwn)
{
    /// <summary>SHA-256 (hex) of the certificate of the authority; empty when it is not known.</summary>
    public string Stamper { get; init; } = "";
}

/// <summary>
/// Asks time-stamp authorities in their order (RFC 3161 by HTTP, §3.4), the next one when one fails. An answer counts only when it is right:
/// imprint, nonce, signature, chain and purpose. An authority that failed is left alone for a while, so that its silence costs one
/// request a wait, not each.
/// </summary>
internal sealed partial class TimeStampClient(IHttpClientFactory clients, TimeStampAuthority own, Authorities authorities,
    IOptions<TimeStampOptions> options, TimeProvider time, SignatureTelemetry telemetry, ILogger<TimeStampClient> log)
{
    public const string HttpClient = "time-stamps";
    private const int MaxAnswerBytes = 64 * 1024;
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    private readonly ConcurrentDictionary<string, DateTimeOffset> resting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<byte[]>> others = new(StringComparer.Ordinal);

    /// <summary>Chains of other authorities as their last answers showed them, by address.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Others => others;

    /// <summary>Roots under which a time-stamp is trusted: ours, and those of the authorities that are asked.</summary>
    public X509Certificate2Collection RootsWith(AuthorityChain chain)
    {
        var roots = new X509Certificate2Collection(chain.Root);
        foreach (var source in options.Value.Authorities.Where(s => s.Root.Length > 0))
            roots.ImportFromPem(source.Root);
        return roots;
    }

    /// <param name="signature">The signature value to be stamped.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when no authority gave a right answer: what was signed stands without, and is stamped later.</returns>
    public Task<ObtainedTimeStamp?> StampAsync(byte[] signature, CancellationToken ct) => StampHashAsync(SHA256.HashData(signature), ct);

    /// <param name="imprint">SHA-256 of what is to be stamped.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when no authority gave a right answer.</returns>
    public async Task<ObtainedTimeStamp?> StampHashAsync(byte[] imprint, CancellationToken ct)
    {
        var sources = options.Value.Authorities.Select(s => s.Url).DefaultIfEmpty(TimeStampOptions.Own);
        foreach (var url in sources)
        {
            if (resting.TryGetValue(url, out var until) && time.GetUtcNow() < until)
                continue;
            var start = time.GetTimestamp();
            var (stamp, failure) = await TryAsync(url, imprint, ct);
            telemetry.TimeStampAsked(url, failure ?? "granted", time.GetElapsedTime(start));
            if (stamp is not null)
            {
                resting.TryRemove(url, out _);
                return stamp;
            }

            resting[url] = time.GetUtcNow().AddSeconds(options.Value.RetrySeconds);
            Failed(log, url, failure);
        }

        return null;
    }

    private async Task<(ObtainedTimeStamp? Stamp, string? Failure)> TryAsync(string url, byte[] imprint, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            var generator = new TimeStampRequestGenerator();
            generator.SetCertReq(true);
            var request = generator.Generate(Sha256, imprint, new BigInteger(1, RandomNumberGenerator.GetBytes(16)));
            var answer = url == TimeStampOptions.Own
                ? await own.AnswerAsync(request.GetEncoded(), limit.Token)
                : await AskAsync(new Uri(url), request.GetEncoded(), limit.Token);
            return await CheckAsync(url, answer, request, imprint, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, "timeout");
        }
        catch (HttpRequestException)
        {
            return (null, "unreachable");
        }
    }

    private async Task<byte[]> AskAsync(Uri url, byte[] query, CancellationToken ct)
    {
        using var client = clients.CreateClient(HttpClient);
        using var body = new ByteArrayContent(query);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = body };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        // Whatever it says about the length: no more than this is read.
        await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, ct);
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    private async Task<(ObtainedTimeStamp? Stamp, string? Failure)> CheckAsync(string url, byte[] answer, TimeStampRequest request,
        byte[] imprint, CancellationToken ct)
    {
        byte[] token;
        try
        {
            var response = new TimeStampResponse(answer);
            if (response.TimeStampToken is null)
                return (null, "refused");
            // Imprint, nonce and policy are those that were asked for.
            response.Validate(request);
            token = response.TimeStampToken.GetEncoded();
        }
        catch (TspException)
        {
            return (null, "another_question");
        }
        // What is not such an answer fails in many ways.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, "unreadable");
        }

        var chain = await authorities.GetAsync(ct);
        var finding = TimeStampInspector.Inspect(token, name => name == HashAlgorithmName.SHA256 ? imprint : null,
            new Trust(chain.Roots) { TimeStampRoots = RootsWith(chain) }, time.GetUtcNow());
        if (finding is not { At: { } at, Chain: [var stamper, ..] stampers, Failure: null })
            return (null, "untrusted");
        if (url != TimeStampOptions.Own)
            others[url] = stampers;
        return (new ObtainedTimeStamp(token, at, url == TimeStampOptions.Own) { Stamper = Convert.ToHexString(SHA256.HashData(stamper)) }, null);
    }

    [LoggerMessage(5021, LogLevel.Warning, "The time-stamp authority {Url} gave no time-stamp: {Failure}")]
    private static partial void Failed(ILogger log, string url, string? failure);
}
