using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Notifications.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Push;

/// <summary>
/// Proves to a push service who writes: a signed token for that service (RFC 8292), good for twelve hours and used for all messages of the first eleven.
/// </summary>
internal sealed class VapidTokens
{
    // RFC 8292 §2: no more than 24 hours. Half of it leaves room for clocks that go wrong.
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly TimeSpan Reserve = TimeSpan.FromHours(1);

    // Endpoints come from browsers, so somebody could make up origins; a real browser knows a handful.
    private const int MostOrigins = 1000;
    private static readonly string Header = WebEncoders.Base64UrlEncode("""{"typ":"JWT","alg":"ES256"}"""u8);
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> tokens = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private readonly string contact;

    public VapidTokens(
        IOptions<PushOptions> options, IOptions<PlatformOptions> platform, IOptions<WebhookOptions> development, IHostEnvironment environment,
        TimeProvider clock)
    {
        this.clock = clock;
        var chosen = options.Value;
        contact = chosen.Contact.Length > 0 ? chosen.Contact : platform.Value.PublicUrl;
        Keys = VapidKeys.Parse(chosen.PublicKey, chosen.PrivateKey) ?? (environment.IsDevelopment() ? VapidKeys.Derive(development.Value.KeyPassword) : null);
    }

    /// <summary>Null: Web Push is not set up.</summary>
    public VapidKeys? Keys { get; }

    /// <summary>The Authorization header for a push service.</summary>
    public string HeaderFor(Uri endpoint)
    {
        var keys = Keys ?? throw new InvalidOperationException("Web Push is not set up.");
        var origin = endpoint.GetLeftPart(UriPartial.Authority);
        var now = clock.GetUtcNow();
        if (!tokens.TryGetValue(origin, out var known) || known.Until <= now)
        {
            if (tokens.Count >= MostOrigins)
                tokens.Clear();
            tokens[origin] = known = (Sign(keys, origin, now + Life), now + Life - Reserve);
        }

        return $"vapid t={known.Token}, k={keys.PublicText}";
    }

    private string Sign(VapidKeys keys, string origin, DateTimeOffset until)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { aud = origin, exp = until.ToUnixTimeSeconds(), sub = contact });
        var content = Header + "." + WebEncoders.Base64UrlEncode(claims);
        using var key = ECDsa.Create(P256.Private(keys.Private));
        return content + "." + WebEncoders.Base64UrlEncode(key.SignData(System.Text.Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256));
    }
}
