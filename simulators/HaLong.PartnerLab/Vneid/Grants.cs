using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.PartnerLab.Vneid;

/// <summary>What a client asked for when it sent somebody here.</summary>
internal sealed record AuthorizeRequest(string ClientId, string RedirectUri, string Scope, string? State, string? Nonce, string Challenge);

/// <summary>A code that was handed out and what it stands for.</summary>
internal sealed record Grant(AuthorizeRequest Request, string Subject, DateTimeOffset ExpiresAt);

/// <summary>Codes and access tokens, each taken out once.</summary>
internal sealed class Grants(TimeProvider clock)
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Grant> codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Subject, DateTimeOffset ExpiresAt)> tokens = new(StringComparer.Ordinal);

    public string NewCode(AuthorizeRequest request, string subject)
    {
        var code = Random();
        codes[code] = new Grant(request, subject, clock.GetUtcNow() + CodeLifetime);
        return code;
    }

    public Grant? Redeem(string code) => codes.TryRemove(code, out var grant) && grant.ExpiresAt > clock.GetUtcNow() ? grant : null;

    public string NewToken(string subject)
    {
        var token = Random();
        tokens[token] = (subject, clock.GetUtcNow() + TokenLifetime);
        return token;
    }

    public string? SubjectOf(string token) => tokens.TryGetValue(token, out var known) && known.ExpiresAt > clock.GetUtcNow() ? known.Subject : null;

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}
