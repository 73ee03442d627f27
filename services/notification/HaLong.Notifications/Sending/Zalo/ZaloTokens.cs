using System.Data.Common;
using System.Globalization;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending.Carriers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Zalo;

/// <summary>A token to send with, or why there is none.</summary>
/// <param name="Token">Null: none.</param>
/// <param name="Refused">No refresh token holds: a person has to grant access again. Else Zalo could not be asked.</param>
internal sealed record ZaloAccess(string? Token, bool Refused = false);

/// <summary>
/// Access tokens by refresh tokens, which are good once and follow each other. One process at a time spends one, under an advisory lock of the database, and
/// commits the next before anything else. A process that dies between the answer and that commit takes the only good token with it; therefore tokens are
/// renewed when half of their life is over: the old access token then lasts for the other half, in which somebody can grant access anew.
/// </summary>
internal sealed partial class ZaloTokens(
    ZaloClient client, ZaloVault vault, IServiceScopeFactory scopes, IOptions<ZaloOptions> options, CarrierMetrics metrics, TimeProvider clock, ILogger<ZaloTokens> logger)
    : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private Held? held;
    private Held? unsaved;
    private DateTimeOffset notBefore;

    private sealed record Held(string Access, string Refresh, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset RefreshExpiresAt)
    {
        public bool IsPastHalf(DateTimeOffset now) => now - IssuedAt >= (ExpiresAt - IssuedAt) / 2;
    }

    /// <summary>A token that lasts; <paramref name="refused"/> is one that Zalo would not take.</summary>
    public async Task<ZaloAccess> GetAsync(string? refused, CancellationToken ct)
    {
        if (Usable(refused) is { } quick)
            return new ZaloAccess(quick.Access);
        await turn.WaitAsync(ct);
        try
        {
            return Usable(refused) is { } now ? new ZaloAccess(now.Access)
                : clock.GetUtcNow() < notBefore ? new ZaloAccess(null, Refused: true)
                : await RenewAsync(refused, early: false, ct);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or TimeoutException or InvalidOperationException)
        {
            // What was granted and could not be kept is kept by the next turn, as long as this process lives.
            LogNotKept(logger, e);
            return new ZaloAccess(Usable(refused)?.Access);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Looks after the tokens while nothing is sent: renews them in time and warns of their end.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (held is null || unsaved is not null || held.IsPastHalf(clock.GetUtcNow()))
                await RenewAsync(null, early: true, ct);
        }
        finally
        {
            turn.Release();
        }

        var now = clock.GetUtcNow();
        if (held is not { } token)
            return;
        if (token.ExpiresAt - now < (token.ExpiresAt - token.IssuedAt) / 4)
            LogEnding(logger, token.ExpiresAt);
        if (token.RefreshExpiresAt - now < options.Value.WarnBefore)
            LogRefreshEnding(logger, token.RefreshExpiresAt);
    }

    public void Dispose() => turn.Dispose();

    private Held? Usable(string? refused) => held is { } token && token.Access != refused && clock.GetUtcNow() < token.ExpiresAt - Margin ? token : null;

    private async Task<ZaloAccess> RenewAsync(string? refused, bool early, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('halong.zalo-token'), hashtext(current_schema()))", ct);
        var row = await db.Set<ZaloToken>().SingleOrDefaultAsync(t => t.AppId == options.Value.AppId, ct);
        if (unsaved is { } waiting)
            row = await SaveAsync(db, row, waiting);
        else if (row is not null && Open(row) is { } stored && stored.Access != refused && clock.GetUtcNow() < stored.ExpiresAt - Margin
            && !(early && stored.IsPastHalf(clock.GetUtcNow())))
            Adopt(stored);
        else
            return await SpendAsync(db, transaction, row, refused, ct);
        await transaction.CommitAsync(CancellationToken.None);
        unsaved = null;
        return new ZaloAccess(held?.Access);
    }

    private async Task<ZaloAccess> SpendAsync(
        NotificationDbContext db, IDbContextTransaction transaction, ZaloToken? row, string? refused, CancellationToken ct)
    {
        var newest = row is null ? null : vault.Open("refresh", row.RefreshToken);
        foreach (var candidate in new[] { newest, options.Value.RefreshToken }.Where(t => !string.IsNullOrEmpty(t)).Distinct())
        {
            // Not stopped by who asked: what is granted must be kept.
            var reply = await client.RefreshAsync(candidate!, CancellationToken.None); // Empty ones are left out.
            if (reply.Failure is not null)
            {
                metrics.Refreshed("away");
                LogAway(logger);
                return new ZaloAccess(Usable(refused)?.Access);
            }

            if (reply.Error != 0 || Granted(reply) is not { } granted)
            {
                metrics.Refreshed("refused");
                LogRefused(logger, reply.Error);
                continue;
            }

            metrics.Refreshed("granted");
            (unsaved, held) = (granted, granted);
            Adopt(granted);
            await SaveAsync(db, row, granted);
            await transaction.CommitAsync(CancellationToken.None);
            unsaved = null;
            LogRefreshed(logger, granted.ExpiresAt);
            return new ZaloAccess(granted.Access);
        }

        ct.ThrowIfCancellationRequested();
        notBefore = clock.GetUtcNow() + PauseAfterRefusal;
        return Usable(refused) is { } last ? new ZaloAccess(last.Access) : new ZaloAccess(null, Refused: true);
    }

    private async Task<ZaloToken> SaveAsync(NotificationDbContext db, ZaloToken? row, Held granted)
    {
        if (row is null)
            db.Add(row = new ZaloToken { AppId = options.Value.AppId });
        row.Replace(vault.Seal("access", granted.Access), vault.Seal("refresh", granted.Refresh), granted.IssuedAt, granted.ExpiresAt, granted.RefreshExpiresAt);
        await db.SaveChangesAsync(CancellationToken.None);
        return row;
    }

    private Held? Open(ZaloToken row) => vault.Open("access", row.AccessToken) is { } access && vault.Open("refresh", row.RefreshToken) is { } refresh
        ? new Held(access, refresh, row.IssuedAt, row.ExpiresAt, row.RefreshExpiresAt)
        : null;

    private Held? Granted(ZaloReply reply)
    {
        var now = clock.GetUtcNow();
        return reply.Text("access_token") is { Length: > 0 } access && reply.Text("refresh_token") is { Length: > 0 } refresh
            && long.TryParse(reply.Text("expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 120 and < 100L * 86_400
            ? new Held(access, refresh, now, now.AddSeconds(seconds), now + options.Value.RefreshTokenLifetime)
            : null;
    }

    private void Adopt(Held token)
    {
        held = token;
        metrics.Token(new CarrierMetrics.TokenTimes(token.IssuedAt, token.ExpiresAt, token.RefreshExpiresAt));
    }

    [LoggerMessage(4234, LogLevel.Information, "Zalo gave new tokens, good until {ExpiresAt}")]
    private static partial void LogRefreshed(ILogger logger, DateTimeOffset expiresAt);

    [LoggerMessage(4235, LogLevel.Error,
        "Zalo refused a refresh token ({Error}): it was used before, or has run out. If no other holds, the account's owner must grant access again (Zalo:RefreshToken)")]
    private static partial void LogRefused(ILogger logger, int? error);

    [LoggerMessage(4236, LogLevel.Warning, "Zalo cannot be asked for new tokens at the moment")]
    private static partial void LogAway(ILogger logger);

    [LoggerMessage(4237, LogLevel.Warning, "Zalo's access token ends at {ExpiresAt} and could not be renewed yet")]
    private static partial void LogEnding(ILogger logger, DateTimeOffset expiresAt);

    [LoggerMessage(4243, LogLevel.Error, "Zalo's tokens could not be read or kept")]
    private static partial void LogNotKept(ILogger logger, Exception e);

    [LoggerMessage(4238, LogLevel.Warning, "Zalo's refresh token ends at {ExpiresAt}")]
    private static partial void LogRefreshEnding(ILogger logger, DateTimeOffset expiresAt);
}
