using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Zalo;

/// <summary>Tells of messages that people have received, with the faults that the dials ask for.</summary>
internal sealed class ZaloTeller(DialBoard dials, IHttpClientFactory clients, IOptions<ZaloOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public const string Client = "zalo-events";
    private const int MaxAttempts = 12;

    /// <summary>Starts to tell and returns.</summary>
    public void Start(ZaloMessage message) => _ = TellAsync(message, lifetime.ApplicationStopping);

    private async Task TellAsync(ZaloMessage message, CancellationToken ct)
    {
        var number = "+" + message.Phone;
        if (options.Value.HookUrl.Length == 0 || message.At is not { } at || dials.Take("zalo.receiptDrop", number) is not null)
            return;
        try
        {
            if (dials.Take("zalo.receiptDelay", number) is { } delay)
                await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
            for (var copies = 1 + (dials.Take("zalo.receiptDuplicate", number) ?? 0); copies >= 1; copies--)
                await PostUntilTakenAsync(message, at, ct);
        }
        catch (OperationCanceledException)
        {
            // The lab stops.
        }
    }

    private async Task PostUntilTakenAsync(ZaloMessage message, DateTimeOffset at, CancellationToken ct)
    {
        var wait = options.Value.FirstDelay;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++, wait *= 2)
        {
            if (await PostAsync(message, at, ct) is >= 200 and < 500)
                return;
            await Task.Delay(wait, clock, ct);
        }
    }

    private async Task<int> PostAsync(ZaloMessage message, DateTimeOffset at, CancellationToken ct)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.Serialize(new
        {
            event_name = "user_received_message",
            app_id = options.Value.AppId,
            sender = new { id = "oa" },
            recipient = new { id = message.Phone },
            message = new { msg_id = message.MsgId, tracking_id = message.TrackingId, delivery_time = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
            timestamp,
        });
        var secret = (dials.Take("zalo.receiptForged", "+" + message.Phone) is null ? "" : "forged-") + options.Value.OaSecretKey;
        var mac = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.AppId + body + timestamp + secret)));
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.HookUrl) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-ZEvent-Signature", "mac=" + mac);
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request, ct);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return 0;
        }
    }
}
