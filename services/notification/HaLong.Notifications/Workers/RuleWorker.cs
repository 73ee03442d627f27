using HaLong.Notifications.Contacts;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Workers;

/// <summary>What falls due by the clock and not by a fact: reminders, digests, receipts that do not come, tasks that have done themselves.</summary>
internal sealed partial class RuleWorker(IServiceScopeFactory scopes, IOptions<RuleOptions> options, TimeProvider clock, ILogger<RuleWorker> logger) : BackgroundService
{
    private static readonly TimeSpan PutOff = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, clock, TurnAsync, e => LogFailed(logger, e), stoppingToken, atOnce: true);

    /// <summary>One turn; a part that fails keeps none of the others back.</summary>
    internal async Task TurnAsync(CancellationToken ct)
    {
        await PartAsync(RemindAsync, ct);
        await PartAsync(GatherAsync, ct);
        await PartAsync(async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<OverdueReceipts>().TakeOverAsync(token);
        }, ct);
        await PartAsync(async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var open = await scope.ServiceProvider.GetRequiredService<ContactProblems>().CloseDeliveredAsync(token);
            scope.ServiceProvider.GetRequiredService<RuleMetrics>().OpenProblems(open);
        }, ct);
        await PartAsync(async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RuleHousekeeping>().TidyAsync(token);
        }, ct);
    }

    private async Task PartAsync(Func<CancellationToken, Task> part, CancellationToken ct)
    {
        try
        {
            await part(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(logger, e);
        }
    }

    private async Task RemindAsync(CancellationToken ct)
    {
        for (var more = true; more && !ct.IsCancellationRequested;)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                more = await scope.ServiceProvider.GetRequiredService<NoticeSchedule>().GiveNextAsync(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // Whatever is wrong with it, those behind it must not wait.
                LogPutOff(logger, e);
                await PutOffFirstAsync(ct);
            }
        }
    }

    private async Task PutOffFirstAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<NotificationDbContext>().Database.ExecuteSqlAsync(
            $"""
            UPDATE scheduled_notice SET due_at = {now + PutOff}
            WHERE id = (SELECT id FROM scheduled_notice WHERE due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            """, ct);
    }

    private async Task GatherAsync(CancellationToken ct)
    {
        var passed = new HashSet<Guid>();
        for (var more = true; more && !ct.IsCancellationRequested;)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                more = await scope.ServiceProvider.GetRequiredService<DigestGatherer>().GatherNextAsync(passed, ct);
            }
            catch (DbUpdateConcurrencyException e)
            {
                // A letter left by itself meanwhile; what is left is gathered at the next turn.
                LogFailed(logger, e);
            }
        }
    }

    [LoggerMessage(4310, LogLevel.Warning, "Looking for what falls due failed; tried again")]
    private static partial void LogFailed(ILogger logger, Exception e);

    [LoggerMessage(4311, LogLevel.Error, "A scheduled notice could not be given; put off, and those behind it go on")]
    private static partial void LogPutOff(ILogger logger, Exception e);
}
