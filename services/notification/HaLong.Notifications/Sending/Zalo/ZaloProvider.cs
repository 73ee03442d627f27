using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending.Carriers;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Zalo;

/// <summary>
/// Zalo's notification service (ZNS): fills an approved template and hands it to a telephone number. Zalo does not honour <c>tracking_id</c> as an idempotency
/// key and can be asked only by its own id (assumed): of an answer that was lost it cannot tell.
/// </summary>
internal sealed partial class ZaloProvider(
    ZaloClient client, ZaloTokens tokens, ZaloTemplates templates, IOptions<ZaloOptions> options, CarrierMetrics metrics, TimeProvider clock, ILogger<ZaloProvider> logger)
    : IMessageProvider
{
    public const string ProviderName = "zalo";
    private const int MostRemembered = 10_000;

    // What was taken but may not have come into our rows: the database can be away in between.
    private readonly ConcurrentDictionary<string, string> taken = new(StringComparer.Ordinal);

    public string Name => ProviderName;

    public MessageChannel Channel => MessageChannel.Zalo;

    public bool IsOn => options.Value.IsOn;

    public async Task<ProviderAnswer> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        if (ZaloFilling.Read(message.Data) is not { } filling)
            return new ProviderAnswer.Refused("noTemplate");
        // A number of another country may be good for an SMS; here it is not served.
        if (!message.Address.StartsWith("+84", StringComparison.Ordinal))
            return new ProviderAnswer.Refused("foreignNumber");
        using var activity = NotificationMetrics.Source.StartActivity("send zalo", ActivityKind.Client)?.SetTag("halong.provider", ProviderName);
        var started = clock.GetTimestamp();
        return metrics.Answered(ProviderName, await SendAsync(message, filling, ct), started);
    }

    public async Task<ProviderReport> FindAsync(string key, DateTimeOffset sentSince, CancellationToken ct)
    {
        if (!taken.TryGetValue(key, out var reference))
            return new ProviderReport.CannotTell();
        var access = await tokens.GetAsync(null, ct);
        var reply = access.Token is null ? null : await client.StateAsync(access.Token, reference, ct);
        return reply?.Error == 0 && reply.Text("data", "status") == "1" && Time(reply.Text("data", "delivery_time")) is { } at
            ? new ProviderReport.Arrived(reference, at)
            : new ProviderReport.Taken(reference);
    }

    /// <summary>Milliseconds since 1970, as Zalo writes times.</summary>
    public static DateTimeOffset? Time(string? milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 100_000L * int.MaxValue
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;

    private async Task<ProviderAnswer> SendAsync(OutgoingMessage message, ZaloFilling filling, CancellationToken ct)
    {
        string? refused = null;
        // Twice at most: an access token that ran out is worth another one, once.
        for (var again = false; ; again = true)
        {
            var access = await tokens.GetAsync(refused, ct);
            if (access.Token is not { } token)
                return access.Refused ? new ProviderAnswer.Refused("token") : new ProviderAnswer.Later("token");
            if (await templates.IsEnabledAsync(filling.TemplateId, token, ct) == false)
            {
                LogTemplate(logger, filling.TemplateId);
                return new ProviderAnswer.Refused("template");
            }

            var reply = await client.SendAsync(
                token, new { phone = message.Address[1..], template_id = filling.TemplateId, template_data = filling.Data, tracking_id = message.Key }, ct);
            if (reply.Error is { } error && ZaloCodes.IsToken(error) && !again)
                refused = token;
            else
                return Judge(message.Key, filling.TemplateId, reply);
        }
    }

    private ProviderAnswer Judge(string key, string template, ZaloReply reply)
    {
        if (reply.Error == 0)
        {
            var reference = reply.Text("data", "msg_id") is { Length: > 0 and <= 200 } id ? id : null;
            if (taken.Count >= MostRemembered)
                taken.Clear();
            if (reference is not null)
                taken[key] = reference;
            return new ProviderAnswer.Accepted(reference);
        }

        LogAnswer(logger, key, reply.Error);
        if (reply.Error is { } error && ZaloCodes.IsTemplate(error))
            templates.Remember(template, enabled: false);
        return reply.Failure ?? ZaloCodes.AnswerOf(reply.Error ?? 0);
    }

    [LoggerMessage(4240, LogLevel.Warning, "Zalo message {Key} was answered {Error}")]
    private static partial void LogAnswer(ILogger logger, string key, int? error);

    [LoggerMessage(4241, LogLevel.Warning, "Zalo template {Template} is not enabled: other channels take over")]
    private static partial void LogTemplate(ILogger logger, string template);
}

/// <summary>Which template, and what fills it: <c>{"templateId": "…", "data": {…}}</c> of <see cref="OutgoingMessage.Data"/>.</summary>
internal sealed record ZaloFilling(string TemplateId, JsonElement Data)
{
    public static ZaloFilling? Read(string? json)
    {
        try
        {
            var filling = json is null ? null : JsonSerializer.Deserialize<ZaloFilling>(json, JsonSerializerOptions.Web);
            return filling is { TemplateId.Length: > 0 and <= 64, Data.ValueKind: JsonValueKind.Object } ? filling : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
