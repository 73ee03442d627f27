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
/// redirect, uses no proxy and no cookie, reads no more of the answer than its head.
/// </remarks>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient client;
    private readonly SecretVault vault;
    private readonly TimeProvider clock;

    public WebhookSender(AddressGuard guard, SecretVault vault, IOptions<WebhookOptions> options, TimeProvider clock)
    {
        this.vault = vault;
        this.clock = clock;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = guard.ConnectAsync,
            ConnectTimeout = options.Value.Timeout,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(200),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
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

        var at = clock.GetUtcNow();
        var started = clock.GetTimestamp();
        try
        {
            using var request = ToRequest(delivery, at);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return new AttemptResult(at, clock.GetElapsedTime(started), (int)response.StatusCode, null);
        }
        catch (Exception e) when (Reason(e, ct) is { } reason)
        {
            activity?.SetStatus(ActivityStatusCode.Error, reason);
            return new AttemptResult(at, clock.GetElapsedTime(started), null, reason);
        }
    }

    public void Dispose() => client.Dispose();

    private HttpRequestMessage ToRequest(ClaimedDelivery delivery, DateTimeOffset at)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Envelope);
        var id = delivery.EventId.ToString();
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(vault.Open(delivery.SubscriptionId, delivery.SealedSecret), id, at, body));
        return request;
    }

    /// <summary>A short word for the partner: enough to repair the receiver, too little to explore networks with.</summary>
    private static string? Reason(Exception e, CancellationToken ct) => e switch
    {
        HttpRequestException { InnerException: AddressRefusedException } => "addressNotPublic",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "nameNotResolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tlsFailed",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "notConnected",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "answerTooLarge",
        HttpRequestException => "noAnswer",
        OperationCanceledException when !ct.IsCancellationRequested => "timeout",
        CryptographicException => "secretNotReadable",
        _ => null,
    };
}
