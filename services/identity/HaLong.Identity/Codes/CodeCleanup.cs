using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Codes;

/// <summary>Removes questions and registrations that ran out: personal data of people who did not finish is not kept.</summary>
internal sealed partial class CodeCleanup(IServiceScopeFactory scopes, TimeProvider time, ILogger<CodeCleanup> logger) : BackgroundService
{
    /// <summary>A question is kept so long that a late answer is still told from a wrong one.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromHours(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    public static async Task RunOnceAsync(IdentityDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var before = now - Keep;
        await db.OneTimeCodes.Where(c => c.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.DirectNotices.Where(n => n.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.Registrations.Where(r => r.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.ContactChanges.Where(c => c.ExpiresAt < before).ExecuteDeleteAsync(ct);
        await db.PasswordResets.Where(r => r.ExpiresAt < before).ExecuteDeleteAsync(ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Recurring.RunAsync(Interval, time, async ct =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await RunOnceAsync(scope.ServiceProvider.GetRequiredService<IdentityDbContext>(), time.GetUtcNow(), ct);
        }, e => LogFailed(logger, e), stoppingToken);

    [LoggerMessage(3105, LogLevel.Warning, "Expired codes could not be removed; next try in a quarter of an hour")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
