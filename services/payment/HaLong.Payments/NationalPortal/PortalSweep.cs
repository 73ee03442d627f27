using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.NationalPortal;

/// <summary>
/// Asks the platform about attempts of which it has told nothing: those begun too long ago, and those whose order got no answer. Money that it tells of is
/// settled; where it says that nothing was paid the request is open again; where it says nothing the outcome is unknown, and it is asked again.
/// </summary>
internal sealed partial class PortalSweep(
    IServiceScopeFactory scopes, IOptions<PortalOptions> options, PaymentInstruments instruments, TimeProvider time, ILogger<PortalSweep> log)
{
    private const int Batch = 50;
    private const int AtOnce = 8;

    public async Task RunAsync(CancellationToken ct)
    {
        if (options.Value.IsOn)
        {
            while (await AskAsync(ct) == Batch)
            {
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        var waiting = await scope.ServiceProvider.GetRequiredService<PaymentDbContext>().Payments.AsNoTracking().SelectMany(p => p.Attempts).Where(a => a.QueryAt != null)
            .GroupBy(a => a.State).Select(g => new { State = g.Key, Count = g.LongCount(), Oldest = g.Min(a => a.CreatedAt) }).ToListAsync(ct);
        instruments.ObserveAttempts(
            waiting.Where(g => g.State == AttemptState.Open).Sum(g => g.Count), waiting.Where(g => g.State == AttemptState.Unknown).Sum(g => g.Count),
            waiting.Count == 0 ? TimeSpan.Zero : time.GetUtcNow() - waiting.Min(g => g.Oldest));
    }

    private async Task<int> AskAsync(CancellationToken ct)
    {
        List<PortalAttempt> due;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
            // Claimed and put off in one statement: no lock is held while the platform is asked, and a crash costs one wait.
            var ids = await db.ClaimAttemptsAsync(time.GetUtcNow(), options.Value.QueryLostAfter, options.Value.QueryLongest, Batch, ct);
            due = await PortalDesk.Attempts(db).Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        }

        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, AskAsync);
        return due.Count;
    }

    private async ValueTask AskAsync(PortalAttempt attempt, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<PortalDesk>();
        var (outcome, told) = await scope.ServiceProvider.GetRequiredService<PortalClient>().QueryAsync(attempt.Order, attempt.CreatedAt, ct);
        instruments.Queried(outcome);
        Asked(log, attempt.Id, outcome);
        switch (outcome)
        {
            case PortalOutcome.Paid or PortalOutcome.Failed:
                await desk.TakeAsync(attempt, told!, PortalMessage.Query, ct); // These two come with what was told.
                break;
            case PortalOutcome.Open or PortalOutcome.NotKnown when IsOver(attempt, outcome):
                await desk.FailAsync(attempt, ct);
                break;
            case PortalOutcome.NotKnown or PortalOutcome.NoAnswer:
                await desk.LoseAsync(attempt, ct);
                break;
        }
    }

    /// <summary>
    /// An order that was never sent, or of which the platform knows nothing long after it was sent and nobody was told where to pay, cannot be paid any
    /// more; neither can one that nobody paid within its life. Should money come all the same, it is settled or a case.
    /// </summary>
    private bool IsOver(PortalAttempt attempt, PortalOutcome outcome)
    {
        var age = time.GetUtcNow() - attempt.CreatedAt;
        return age >= options.Value.OrderLifetime
            || (outcome == PortalOutcome.NotKnown && (attempt.SentAt is null || (attempt.RedirectUrl is null && age >= options.Value.QueryAfter)));
    }

    [LoggerMessage(4127, LogLevel.Information, "The national payment platform was asked about attempt {AttemptId}: {Outcome}")]
    private static partial void Asked(ILogger log, Guid attemptId, PortalOutcome outcome);
}

/// <summary>Runs the sweep again and again. Replicas may sweep at the same time: each claims its own attempts.</summary>
internal sealed partial class PortalSweeper(PortalSweep sweep, IOptions<PaymentOptions> options, TimeProvider time, ILogger<PortalSweeper> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.SweepInterval, time, sweep.RunAsync, e => Failed(log, e), stoppingToken, atOnce: true);

    [LoggerMessage(4128, LogLevel.Error, "Asking the national payment platform failed; it runs again at its next turn")]
    private static partial void Failed(ILogger log, Exception exception);
}
