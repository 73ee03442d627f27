using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending.Carriers;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>
/// The aggregator of the older kind: SOAP, a result code inside HTTP 200, receipts only for who asks. RequestID is our key; whether a repeat with it is one SMS is
/// a matter of the contract.
/// </summary>
internal sealed partial class SmsSoapProvider(
    IHttpClientFactory http, IOptions<SmsSoapOptions> options, CarrierMetrics metrics, TimeProvider clock, ILogger<SmsSoapProvider> logger) : IMessageProvider
{
    public const string ProviderName = "sms-soap";

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
        var (result, failure) = await CallAsync(SmsSoapWire.Send(options.Value, message.Address.TrimStart('+'), message.Key, text), ct);
        var answer = failure ?? (result is null ? new ProviderAnswer.Unknown("notUnderstood") : SmsSoapCodes.AnswerOf(result.Code));
        if (answer is not ProviderAnswer.Accepted)
            LogAnswer(logger, message.Key, result?.Code, answer.GetType().Name);
        return metrics.Answered(ProviderName, answer, started);
    }

    public async Task<ProviderReport> FindAsync(string key, DateTimeOffset sentSince, CancellationToken ct)
    {
        var settings = options.Value;
        if (!settings.CanBeAsked)
            return settings.HonoursRequestId ? new ProviderReport.SafeToRepeat() : new ProviderReport.CannotTell();
        if (await AskAsync([key], ct) is not { } states)
            return new ProviderReport.Away("away");
        var told = states.SingleOrDefault(s => s.RequestId == key);
        var (reason, badAddress) = SmsFailures.Of(told?.Reason);
        return told?.Code switch
        {
            1 => new ProviderReport.Taken(null),
            2 => new ProviderReport.Arrived(null, told.At ?? clock.GetUtcNow()),
            3 => new ProviderReport.Lost(null, reason, badAddress),
            // A first attempt may be on its way inside yet; where the key is honoured that does no harm.
            0 when settings.HonoursRequestId || clock.GetUtcNow() - sentSince > 2 * settings.Timeout => new ProviderReport.NotKnown(),
            0 => new ProviderReport.Away("tooSoon"),
            _ => new ProviderReport.Away("notUnderstood"),
        };
    }

    /// <summary>What became of these; null when it cannot be asked at the moment.</summary>
    public async Task<IReadOnlyList<SmsSoapWire.State>?> AskAsync(IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var (result, _) = await CallAsync(SmsSoapWire.Ask(options.Value, keys), ct);
        return result is { Code: 1 } ? result.States : null;
    }

    private async Task<(SmsSoapWire.Result? Result, ProviderAnswer? Failure)> CallAsync(string envelope, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url + options.Value.Path)
        {
            Content = new StringContent(envelope, Encoding.UTF8, new MediaTypeHeaderValue("text/xml", "utf-8")),
            Headers = { { "SOAPAction", "\"\"" } },
        };
        try
        {
            using var client = http.CreateClient(CarrierHttp.Client);
            using var answer = await client.SendAsync(request, limit.Token);
            // A fault comes with 500, and nobody says how far it had come by then.
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return (null, CarrierHttp.AnswerOf(answer.StatusCode, answer.Headers.RetryAfter, clock.GetUtcNow())
                    ?? new ProviderAnswer.Unknown($"status {(int)answer.StatusCode}"));
            }

            return (SmsSoapWire.Read(await answer.Content.ReadAsStreamAsync(limit.Token)), null);
        }
        catch (Exception e) when (CarrierHttp.IsFailure(e, ct))
        {
            return (null, CarrierHttp.AnswerOf(e));
        }
    }

    [LoggerMessage(4231, LogLevel.Warning, "SMS {Key} was answered {Code} by the SOAP provider: {Answer}")]
    private static partial void LogAnswer(ILogger logger, string key, int? code, string answer);
}
