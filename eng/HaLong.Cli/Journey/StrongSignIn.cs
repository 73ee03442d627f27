using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>
/// A strong sign-in for a demonstration account: an authenticator app is set up, shown once and taken away again, so that the account is as it was for
/// whoever signs in next. The token stays strong as long as it lives.
/// </summary>
internal static class StrongSignIn
{
    private const string Authenticator = "/api/v1/me/authenticator", Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30, CodeModulus = 1_000_000;

    /// <summary>Access token of a person who has shown a second factor.</summary>
    public static async Task<string> AsPersonAsync(string gateway, string userName, string password)
    {
        var tokens = await SignIn.TokensAsync(gateway, userName, password);
        using var http = new HttpClient { BaseAddress = new Uri(gateway) };
        var secret = (await SendAsync(http, HttpMethod.Post, Authenticator, Token(tokens)))!["secret"]!.GetValue<string>();
        await SendAsync(http, HttpMethod.Post, Authenticator + "/confirmation", Token(tokens), new { code = Code(secret, TimeProvider.System.GetUtcNow()) });
        // Claims are read anew: the session is strong from the confirmation on.
        var strong = Token(await SignIn.RefreshAsync(http, tokens["refresh_token"]!.GetValue<string>()));
        await SendAsync(http, HttpMethod.Delete, Authenticator, strong);
        return strong;
    }

    /// <summary>What an authenticator app shows (RFC 6238: HMAC-SHA1, 30 seconds, 6 digits).</summary>
    public static string Code(string base32Secret, DateTimeOffset now)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, now.ToUnixTimeSeconds() / StepSeconds);
#pragma warning disable CA5350 // SHA-1 is what the standard and the apps agree on; as a keyed hash it is not affected by collisions.
        var mac = HMACSHA1.HashData(FromBase32(base32Secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0xf)) & 0x7fffffff;
        return (number % CodeModulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString(Alphabet.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    private static string Token(JsonNode tokens) => tokens["access_token"]!.GetValue<string>();

    private static async Task<JsonNode?> SendAsync(HttpClient http, HttpMethod method, string path, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? null : JsonNode.Parse(text)
            : throw new JourneyException($"{method} {path} answered {(int)response.StatusCode}: {text[..Math.Min(text.Length, 300)]}");
    }
}
