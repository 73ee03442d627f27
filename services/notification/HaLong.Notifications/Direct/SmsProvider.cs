using System.Net;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Direct;

/// <summary>
/// Hands one SMS to the provider: a POST of <c>{to, sender, text}</c> with <c>X-Api-Key</c>, and <c>Idempotency-Key</c> so that a repeat after a
/// crash is not a second SMS. A provider with another interface gets an adapter of the same shape.
/// </summary>
internal sealed partial class SmsProvider(HttpClient http, IOptions<SmsOptions> options, ILogger<SmsProvider> logger)
{
    public async Task SendAsync(string id, string phone, string text, CancellationToken ct)
    {
        if (!options.Value.IsOn)
        {
            LogOff(logger);
            throw new ErrorException(NotificationErrors.SmsUnavailable);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url + options.Value.Path)
        {
            Content = JsonContent.Create(new { to = phone, sender = options.Value.Sender, text }),
            Headers = { { "X-Api-Key", options.Value.ApiKey }, { "Idempotency-Key", id } },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.Timeout);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
                Refuse(id, answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            LogAway(logger, id, e.GetType().Name);
            throw new ErrorException(NotificationErrors.SmsUnavailable);
        }
    }

    // Only a number that the provider will never serve is refused for good; that it does not know us is for the operator to mend.
    private void Refuse(string id, HttpStatusCode status)
    {
        LogRefused(logger, id, (int)status);
        throw new ErrorException(status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity
            ? NotificationErrors.NotDeliverable
            : NotificationErrors.SmsUnavailable);
    }

    [LoggerMessage(4010, LogLevel.Warning, "SMS {Id} cannot be sent: the provider is away ({Reason})")]
    private static partial void LogAway(ILogger logger, string id, string reason);

    [LoggerMessage(4011, LogLevel.Warning, "SMS {Id} was answered {Status} by the provider")]
    private static partial void LogRefused(ILogger logger, string id, int status);

    [LoggerMessage(4012, LogLevel.Warning, "No SMS can be sent: Sms:Url is not set")]
    private static partial void LogOff(ILogger logger);
}
