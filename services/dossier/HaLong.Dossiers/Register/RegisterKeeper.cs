using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Register;

/// <summary>Enters accepted dossiers into the registers of their units, in turns with other replicas.</summary>
internal sealed partial class RegisterKeeper(
    IServiceScopeFactory scopes, RegisterTelemetry telemetry, IOptions<RegisterOptions> options, TimeProvider time, ILogger<RegisterKeeper> log) : BackgroundService
{
    /// <summary>One round: all that have waited long enough. Gives how many numbers were given.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var total = 0;
        foreach (var unit in await InScopeAsync((RegisterNumbers numbers) => numbers.UnitsAsync(ct)))
        {
            try
            {
                int entered;
                do
                {
                    entered = await InScopeAsync((RegisterNumbers numbers) => numbers.EnterAsync(unit, ct));
                    telemetry.Entered(entered);
                    total += entered;
                }
                while (entered == options.Value.Batch);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The register of one unit must not keep those of others waiting.
                UnitFailed(log, e, unit);
            }
        }
        await CountAsync(ct);
        return total;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task CountAsync(CancellationToken ct) => await InScopeAsync(async (DossierDbContext db) =>
    {
        var waiting = await db.RegisterArrivals.GroupBy(_ => 1).Select(g => new { Count = g.LongCount(), Oldest = g.Min(a => a.AcceptedAt) }).SingleOrDefaultAsync(ct);
        var books = await db.RegisterBooks.LongCountAsync(b => b.State == BookState.Sealing, ct);
        telemetry.Waiting(waiting?.Count ?? 0, waiting is null ? TimeSpan.Zero : time.GetUtcNow() - waiting.Oldest, books);
        return true;
    });

    private async Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    [LoggerMessage(4090, LogLevel.Warning, "Entering dossiers into the register of unit {Unit} failed; tried again later")]
    private static partial void UnitFailed(ILogger log, Exception e, string unit);

    [LoggerMessage(4091, LogLevel.Warning, "Entering dossiers into the registers failed; tried again later")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
