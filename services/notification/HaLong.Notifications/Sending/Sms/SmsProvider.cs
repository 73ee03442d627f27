using System.Diagnostics;
using System.Net;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending.Carriers;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>
/// The aggregator that speaks JSON: a POST of <c>{to, sender, text, encoding}</c> with <c>X-Api-Key</c>, and <c>Idempotency-Key</c> so that a repeat after a crash
/// is not a second SMS; <c>GET ?key=</c> says what became of one.
/// </summary>
internal sealed partial class SmsProvider(
    IHttpClientFactory http, IOptions<SmsOptions> options, CarrierMetrics metrics, TimeProvider clock, ILogger<SmsProvider> logger) : IMessageProvider
{
    public const string ProviderName = "sms";

    /// <summary>What it knows about one SMS, also in its receipts.</summary>
    internal sealed record Told(string? Id, string? Key, string? Status, DateTimeOffset? At, string? Reason);

    public string Name => ProviderName;

    public MessageChannel Channel => MessageChannel.Sms;

    public bool IsOn => options.Value.IsOn;

    public async Task<ProviderAnswer> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        var (text, refusal) = SmsText.Of(message);
        if (text is null)
            return new ProviderAnswer.Refused(refusal ?? "text");
        using var activity = NotificationMetrics.Source.StartActivity("send sms", ActivityKind.Client)?.SetTag("halong.provider", ProviderName);
        var started = clock.GetTimestamp();
        using var request = Request(HttpMethod.Post, "");
        request.Content = JsonContent.Create(new { to = message.Address, sender = options.Value.Sender, text = text.Text, encoding = text.IsUcs2 ? "ucs2" : "gsm7" });
        request.Headers.Add("Idempotency-Key", message.Key);
        return metrics.Answered(ProviderName, await AskAsync(message.Key, request, ct), started);
    }

    public async Task<ProviderReport> FindAsync(string key, DateTimeOffset sentSince, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, "?key=" + Uri.EscapeDataString(key));
        using var limit = Limit(ct);
        try
        {
            using var client = http.CreateClient(CarrierHttp.Client);
            using var answer = await client.SendAsync(request, limit.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Report(await ReadAsync(answer, limit.Token)),
                // A first attempt may be on its way inside yet; where the key is honoured that does no harm.
                HttpStatusCode.NotFound when options.Value.HonoursKey || clock.GetUtcNow() - sentSince > 2 * options.Value.Timeout => new ProviderReport.NotKnown(),
                HttpStatusCode.NotFound => new ProviderReport.Away("tooSoon"),
                HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone or HttpStatusCode.NotImplemented =>
                    options.Value.HonoursKey ? new ProviderReport.SafeToRepeat() : new ProviderReport.CannotTell(),
                _ => new ProviderReport.Away($"status {(int)answer.StatusCode}"),
            };
        }
        catch (Exception e) when (CarrierHttp.IsFailure(e, ct))
        {
            return new ProviderReport.Away("away");
        }
    }

    private async Task<ProviderAnswer> AskAsync(string key, HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = Limit(ct);
        try
        {
            using var client = http.CreateClient(CarrierHttp.Client);
            using var answer = await client.SendAsync(request, limit.Token);
            if (Judge(answer.StatusCode) is { } refused)
            {
                LogRefused(logger, key, (int)answer.StatusCode);
                return refused;
            }

            if (CarrierHttp.AnswerOf(answer.StatusCode, answer.Headers.RetryAfter, clock.GetUtcNow()) is not { } other)
                return new ProviderAnswer.Accepted((await ReadAsync(answer, limit.Token))?.Id is { Length: > 0 and <= 200 } id ? id : null);
            LogRefused(logger, key, (int)answer.StatusCode);
            return other;
        }
        catch (Exception e) when (CarrierHttp.IsFailure(e, ct))
        {
            LogAway(logger, key, e.GetType().Name);
            return CarrierHttp.AnswerOf(e);
        }
    }

    // What the provider will never take: the number, or the text.
    private static ProviderAnswer.Refused? Judge(HttpStatusCode status) => (int)status switch
    {
        400 or 404 or 422 => new ProviderAnswer.Refused("invalidNumber", BadAddress: true),
        413 => new ProviderAnswer.Refused("tooLong"),
        451 => new ProviderAnswer.Refused("filtered"),
        _ => null,
    };

    private ProviderReport Report(Told? told)
    {
        var (reason, badAddress) = SmsFailures.Of(told?.Reason);
        return told?.Status switch
        {
            "delivered" => new ProviderReport.Arrived(told.Id, told.At?.ToUniversalTime() ?? clock.GetUtcNow()),
            "failed" => new ProviderReport.Lost(told.Id, reason, badAddress),
            "taken" or "sent" => new ProviderReport.Taken(told.Id),
            _ => new ProviderReport.Away("notUnderstood"),
        };
    }

    // It took it by its status; what it says beside may be anything.
    private static async Task<Told?> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<Told>(ct);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string query) =>
        new(method, options.Value.Url + options.Value.Path + query) { Headers = { { "X-Api-Key", options.Value.ApiKey } } };

    private CancellationTokenSource Limit(CancellationToken ct)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Timeout);
        return limit;
    }

    [LoggerMessage(4010, LogLevel.Warning, "SMS {Key} cannot be sent: the provider is away ({Reason})")]
    private static partial void LogAway(ILogger logger, string key, string reason);

    [LoggerMessage(4011, LogLevel.Warning, "SMS {Key} was answered {Status} by the provider")]
    private static partial void LogRefused(ILogger logger, string key, int status);
}
