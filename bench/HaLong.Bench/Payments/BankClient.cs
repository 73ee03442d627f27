using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Bench.Load;

namespace HaLong.Bench.Payments;

/// <summary>A bank that tells of transfers: signed notices to the hook of the payment service. Past the gateway, which limits each address.</summary>
internal sealed class BankClient(Uri address, string secret, int connections) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Tells that a request was paid; fails unless it is taken.</summary>
    public async Task TellAsync(OpenRequest paid)
    {
        var now = TimeProvider.System.GetUtcNow();
        var body = Body(paid, now);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/hooks/bank/lab")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Bank-Timestamp", timestamp);
        request.Headers.Add("X-Bank-Signature", Sign(secret, timestamp, body));
        using var response = await _http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.Accepted)
            throw new LoadException($"hook {(int)response.StatusCode}");
    }

    internal static byte[] Body(OpenRequest paid, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        eventId = "bench-" + paid.Reference,
        amount = paid.Amount,
        account = paid.Account,
        bin = paid.Bin,
        remittance = "CT " + paid.Reference,
        bookedAt = now,
    });

    internal static string Sign(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    public void Dispose() => _http.Dispose();
}
