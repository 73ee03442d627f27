using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using OpenIddict.Abstractions;

namespace HaLong.Identity.OpenId;

/// <summary>Removes what has run out: tokens, authorizations, sessions. Several replicas doing it at once do no harm.</summary>
internal sealed partial class TokenCleanup(IServiceScopeFactory scopes, TimeProvider time, ILogger<TokenCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Kept a little longer than any token lives, so that a replay is still recognised as one.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);

    public static async Task RunOnceAsync(IServiceProvider services, DateTimeOffset now, CancellationToken ct)
    {
        await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - Keep, ct);
        await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - Keep, ct);
        await services.GetRequiredService<SessionCleanup>().RunAsync(now, ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(Interval, time, async ct =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await RunOnceAsync(scope.ServiceProvider, time.GetUtcNow(), ct);
        }, e => LogFailed(logger, e), stoppingToken);

    [LoggerMessage(3, LogLevel.Warning, "Expired tokens could not be removed; next try in five minutes")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
