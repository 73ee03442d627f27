using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Sms;

/// <summary>Posts receipts of the JSON aggregator until they are taken, with the faults that the dials ask for.</summary>
internal sealed class SmsTeller(DialBoard dials, IHttpClientFactory clients, IOptions<SmsOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public const string Client = "sms-receipts";
    private const int MaxAttempts = 12;

    /// <summary>Starts to tell and returns: the sender does not wait for it.</summary>
    public void Start(SmsOrder order) => _ = TellAsync(order, lifetime.ApplicationStopping);

    private async Task TellAsync(SmsOrder order, CancellationToken ct)
    {
        if (options.Value.ReceiptUrl.Length == 0 || order.EndsAt is not { } end)
            return;
        try
        {
            if (end > clock.GetUtcNow())
                await Task.Delay(end - clock.GetUtcNow(), clock, ct);
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new { id = order.Id, key = order.Key, status = order.StateAt(end), at = end, reason = order.Failure }, JsonSerializerOptions.Web);
            for (var copies = 1 + (dials.Take("sms.receiptDuplicate", order.To) ?? 0); copies >= 1; copies--)
                await PostUntilTakenAsync(order, body, ct);
        }
        catch (OperationCanceledException)
        {
            // The lab stops.
        }
    }

    private async Task PostUntilTakenAsync(SmsOrder order, byte[] body, CancellationToken ct)
    {
        var delay = options.Value.FirstDelay;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++, delay *= 2)
        {
            if (await PostAsync(order, body, ct) is >= 200 and < 500)
                return;
            await Task.Delay(delay, clock, ct);
        }
    }

    private async Task<int> PostAsync(SmsOrder order, byte[] body, CancellationToken ct)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = (dials.Take("sms.receiptForged", order.To) is null ? "" : "forged-") + options.Value.ReceiptSecret;
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. body];
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.ReceiptUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Sms-Timestamp", timestamp);
        request.Headers.Add("X-Sms-Signature", "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
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
