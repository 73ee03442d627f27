using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Sessions;

/// <summary>
/// Reads what was made void while tokens of then can still be alive: for this service's own checks, and as the answer that the others fetch.
/// Kept in memory, so that a hundred processes asking every two seconds cost the database one small query a second.
/// </summary>
internal sealed class DatabaseRevocations(IServiceScopeFactory scopes, KeyRing keys, TimeProvider time) : IRevocationSource
{
    /// <summary>The life of an access token, and the differences between clocks that services allow.</summary>
    public static readonly TimeSpan Window = TokenLifetimes.Access + TimeSpan.FromMinutes(2);

    /// <summary>The list as served.</summary>
    public Answer? Latest { get; private set; }

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public async Task<VoidTokens?> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var feed = await ReadAsync(scope.ServiceProvider.GetRequiredService<IdentityDbContext>(), time.GetUtcNow(), ct) with { Keys = [.. keys.Current.Signing.Select(k => k.KeyId)] };
        var body = JsonSerializer.SerializeToUtf8Bytes(feed, JsonSerializerOptions.Web);
        // The same on every replica, whichever of them is asked next.
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        if (tag == Latest?.Tag)
            return null;
        Latest = new Answer(body, tag);
        return new VoidTokens(feed);
    }

    private static async Task<RevocationFeed> ReadAsync(IdentityDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - Window;
        var rows = await db.Revocations.AsNoTracking().Where(r => r.At > since).OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(ct);
        return new RevocationFeed(
            [.. rows.Where(r => r.SessionId is not null).Select(r => r.SessionId!.Value.ToString()).Distinct()],
            rows.Where(r => r.Subject is not null).GroupBy(r => r.Subject!).ToDictionary(g => g.Key, g => g.Max(r => r.Epoch ?? 0)),
            [.. rows.Where(r => r.TokenId is not null).Select(r => r.TokenId!).Distinct()]);
    }

    internal sealed record Answer(byte[] Body, string Tag);
}

/// <summary><c>GET /internal/revocations</c>: what the gateway and every service fetch every two seconds.</summary>
internal static class ServeRevocations
{
    /// <summary>A replica that has lost its database must not hand out an old list as if it were today's.</summary>
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(4);

    public static IResult Handle(HttpContext http, DatabaseRevocations source, RevocationList list)
    {
        if (source.Latest is not { } latest || list.Age > TooOld)
            return CommonErrors.Unavailable.ToProblem();

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ETag = latest.Tag;
        return http.Request.Headers.IfNoneMatch.Contains(latest.Tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(latest.Body, "application/json");
    }
}
