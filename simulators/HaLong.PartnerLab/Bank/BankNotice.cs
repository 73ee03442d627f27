using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Bank;

/// <summary>The notice as it goes over the wire: JSON body and its signature over "timestamp.body".</summary>
internal sealed record BankNotice(string EventId, long Amount, string Account, string Bin, string Remittance, DateTimeOffset BookedAt)
{
    public const string TimestampHeader = "X-Bank-Timestamp";
    public const string SignatureHeader = "X-Bank-Signature";

    public static BankNotice Of(Transfer transfer, long amountFault) =>
        new(transfer.EventId, transfer.Amount + amountFault, transfer.Account, transfer.Bin, transfer.Remittance, transfer.BookedAt);

    public HttpRequestMessage ToRequest(string url, string secret, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, Sign(secret, timestamp, body));
        return request;
    }

    internal static string Sign(string secret, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
