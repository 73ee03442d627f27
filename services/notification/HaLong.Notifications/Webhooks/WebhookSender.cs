using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Webhooks;

/// <summary>Posts one event to one partner.</summary>
/// <remarks>
/// A client of its own, without service discovery: a partner's URL must never be read as the name of one of our services. It follows no
/// redirect, uses no proxy and no cookie, and reads of the answer only its head, or its first bytes where a proof is expected in it.
/// </remarks>
internal sealed class WebhookSender : IDisposable
{
    private const int LongestProof = 4096;
    private readonly HttpClient client;
    private readonly SecretVault vault;
    private readonly TimeProvider clock;

    public WebhookSender(AddressGuard guard, SecretVault vault, IOptions<WebhookOptions> options, TimeProvider clock)
    {
        this.vault = vault;
        this.clock = clock;
        client = new HttpClient(guard.Handler(options.Value.Timeout))
        {
            Timeout = options.Value.Timeout,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("HaLong-Webhooks/1");
    }

    public async Task<AttemptResult> SendAsync(ClaimedDelivery delivery, CancellationToken ct)
    {
        ActivityContext.TryParse(delivery.TraceParent, null, isRemote: true, out var parent);
        using var activity = NotificationMetrics.Source.StartActivity("deliver webhook", ActivityKind.Producer, parent);
        activity?.SetTag("halong.event_id", delivery.EventId).SetTag("halong.subscription_id", delivery.SubscriptionId).SetTag("halong.attempt", delivery.Attempt);
        var result = await PostAsync(delivery.Target, delivery.EventId, delivery.Envelope, readAnswer: false, ct);
        if (result.Error is { } reason)
            activity?.SetStatus(ActivityStatusCode.Error, reason);
        return result;
    }

    /// <summary>Posts any event, signed by every secret of the subscription.</summary>
    public async Task<AttemptResult> PostAsync(WebhookTarget target, Guid id, string envelope, bool readAnswer, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        var timings = new ConnectTimings();
        var result = new AttemptResult(at, TimeSpan.Zero, null, null) { Signatures = target.SealedSecrets.Count };
        try
        {
            var headers = target.SealedHeaders is { } box ? vault.OpenHeaders(target.SubscriptionId, box) : [];
            result = result with { HeaderNames = [.. headers.Keys.Order(StringComparer.Ordinal)] };
            using var request = ToRequest(target, id.ToString(), envelope, headers, at);
            request.Options.Set(ConnectTimings.Key, timings);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            result = result with { Status = (int)response.StatusCode, RetryAfter = Wait(response.Headers.RetryAfter, at) };
            if (readAnswer)
                result = result with { Answer = await ReadAsync(response, ct) };
        }
        catch (Exception e) when (Reason(e, ct) is { } reason)
        {
            result = result with { Error = reason };
        }

        return result with { Took = Stopwatch.GetElapsedTime(started), Dns = timings.Dns, Connect = timings.Connect };
    }

    public void Dispose() => client.Dispose();

    private HttpRequestMessage ToRequest(WebhookTarget target, string id, string envelope, Dictionary<string, string> headers, DateTimeOffset at)
    {
        var body = Encoding.UTF8.GetBytes(envelope);
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        // While secrets change hands, a receiver that knows any of them finds its signature here.
        request.Headers.TryAddWithoutValidation(
            WebhookSignature.SignatureHeader,
            string.Join(' ', target.SealedSecrets.Select(s => WebhookSignature.Sign(vault.Open(target.SubscriptionId, s), id, at, body))));
        return request;
    }

    private async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        // The client's own time limit ends with the head of the answer.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(client.Timeout);
        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        var buffer = new byte[LongestProof];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        (header?.Delta ?? (header?.Date - now)) is { } wait && wait > TimeSpan.Zero ? wait : null;

    /// <summary>A short word for the partner: enough to repair the receiver, too little to explore networks with.</summary>
    private static string? Reason(Exception e, CancellationToken ct) => e switch
    {
        HttpRequestException { InnerException: AddressRefusedException } => "addressNotPublic",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "nameNotResolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tlsFailed",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "notConnected",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "answerTooLarge",
        HttpRequestException or IOException => "noAnswer",
        OperationCanceledException when !ct.IsCancellationRequested => "timeout",
        CryptographicException => "secretNotReadable",
        _ => null,
    };
}
