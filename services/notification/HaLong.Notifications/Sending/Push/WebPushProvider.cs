using System.Diagnostics;
using System.Globalization;
using System.Net;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Push;

/// <summary>Hands a message to the push service of a browser (RFC 8030), readable by that browser alone.</summary>
/// <remarks>
/// The address comes from a browser, that is from anybody: a client of its own as for webhooks, guarded at each connection, without redirects,
/// proxy or cookies, and of the answer only the head is read.
/// </remarks>
internal sealed partial class WebPushProvider : IMessageProvider, IDisposable
{
    public const string ProviderName = "webpush";

    // What the greatest push service takes; more would be refused.
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(28);
    private readonly HttpClient client;
    private readonly VapidTokens tokens;
    private readonly PushOptions options;
    private readonly string publicUrl;
    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider clock;
    private readonly ILogger logger;

    public WebPushProvider(
        AddressGuard guard, VapidTokens tokens, IOptions<PushOptions> options, IOptions<PlatformOptions> platform, IServiceScopeFactory scopes,
        TimeProvider clock, ILogger<WebPushProvider> logger)
    {
        (this.tokens, this.options, this.scopes, this.clock, this.logger) = (tokens, options.Value, scopes, clock, logger);
        publicUrl = platform.Value.PublicUrl;
        client = new HttpClient(guard.Handler(this.options.Timeout))
        {
            Timeout = this.options.Timeout,
            // All messages of a push service go through few connections, as it asks for (RFC 8030 §8.3).
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    public string Name => ProviderName;

    public MessageChannel Channel => MessageChannel.Push;

    public bool IsOn => tokens.Keys is not null;

    public async Task<ProviderAnswer> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        if (PushAddress.Parse(message.Address) is not { } address || !Uri.TryCreate(address.Endpoint, UriKind.Absolute, out var endpoint))
            return new ProviderAnswer.Refused("not a push subscription", BadAddress: true);

        using var activity = NotificationMetrics.Source.StartActivity("send push", ActivityKind.Client);
        activity?.SetTag("server.address", endpoint.Host);
        try
        {
            using var request = ToRequest(message, address, endpoint);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            activity?.SetTag("http.response.status_code", (int)response.StatusCode);
            return await ReadAsync(response, address, endpoint, ct);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            return OnFault(e);
        }
    }

    // Sent again it replaces itself: at the push service by its topic, on the device by its id as tag. Nobody sees it twice.
    public Task<ProviderReport> FindAsync(string key, DateTimeOffset sentSince, CancellationToken ct) =>
        Task.FromResult<ProviderReport>(new ProviderReport.SafeToRepeat());

    public void Dispose() => client.Dispose();

    private HttpRequestMessage ToRequest(OutgoingMessage message, PushAddress address, Uri endpoint)
    {
        var body = MessageEncryption.Encrypt(
            PushPayload.Of(message, publicUrl), WebEncoders.Base64UrlDecode(address.P256dh), WebEncoders.Base64UrlDecode(address.Auth));
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", tokens.HeaderFor(endpoint));
        request.Headers.Add("TTL", ((long)TimeToLive(message).TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", UrgencyOf(message.Class));
        request.Headers.Add("Topic", PushPayload.TopicOf(message));
        return request;
    }

    private TimeSpan TimeToLive(OutgoingMessage message)
    {
        var life = message.ExpiresAt is { } end ? end - clock.GetUtcNow() : options.TimeToLive;
        return life < TimeSpan.Zero ? TimeSpan.Zero : life > LongestLife ? LongestLife : life;
    }

    /// <summary>RFC 8030 §5.3: what a telephone with little battery may leave for later.</summary>
    private static string UrgencyOf(NoticeClass notice) => notice switch
    {
        NoticeClass.Urgent => "high",
        NoticeClass.Status => "normal",
        NoticeClass.Reminder => "low",
        _ => "very-low",
    };

    private async Task<ProviderAnswer> ReadAsync(HttpResponseMessage response, PushAddress address, Uri endpoint, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            return new ProviderAnswer.Accepted(null);
        LogAnswer(logger, endpoint.Host, status);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                await using (var scope = scopes.CreateAsyncScope())
                    await scope.ServiceProvider.GetRequiredService<PushDevices>().RemoveGoneAsync(address.Id, ct);
                return new ProviderAnswer.Refused($"status {status}", BadAddress: true);
            case HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError:
                return new ProviderAnswer.Later($"status {status}", RetryAfter(response));
            // It does not know us: for the operator to mend, no fault of the message or the device.
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new ProviderAnswer.Later($"status {status}");
            default:
                return new ProviderAnswer.Refused($"status {status}");
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } at } when at > clock.GetUtcNow() => at - clock.GetUtcNow(),
        _ => null,
    };

    private static ProviderAnswer OnFault(Exception e) => e switch
    {
        HttpRequestException { InnerException: AddressRefusedException } => new ProviderAnswer.Refused("address not public", BadAddress: true),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError,
        } fault =>
            new ProviderAnswer.Later($"not connected ({fault.HttpRequestError})"),
        HttpRequestException fault => new ProviderAnswer.Unknown($"no answer ({fault.HttpRequestError})"),
        _ => new ProviderAnswer.Unknown("timeout"),
    };

    [LoggerMessage(4262, LogLevel.Information, "Push service {Service} answered {Status}")]
    private static partial void LogAnswer(ILogger logger, string service, int status);
}
