using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Signing;

/// <summary>Tells the platform of ends, once or more often, in time or late.</summary>
internal sealed class SmartCaTeller(SmartCaBook book, SmartCaAnswers answers, DialBoard dials, IHttpClientFactory clients, IOptions<SigningOptions> options, TimeProvider clock)
{
    public const string Client = "smartca-hook";

    public async Task TellAsync(SmartCaOrder order)
    {
        if (options.Value.HookUrl.Length == 0 || dials.Take("smartca.dropHook", order.UserId) is not null)
            return;
        if (dials.Take("smartca.hookDelay", order.UserId) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock);
        var body = Encoding.UTF8.GetBytes(answers.Notice(order).ToJsonString());
        for (var copies = 1 + (int)(dials.Take("smartca.hookTwice", order.UserId) ?? 0); copies > 0; copies--)
            book.Note(order.TranCode, await PostAsync(body));
    }

    private async Task<int> PostAsync(byte[] body)
    {
        var (timestamp, secret) = (clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), options.Value.HookSecret);
        if (dials.Take("smartca.wrongHookSignature") is not null)
            secret = "forged-" + secret;
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. body];
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.HookUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-SmartCa-Timestamp", timestamp);
        request.Headers.Add("X-SmartCa-Signature", "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return 0;
        }
    }
}
