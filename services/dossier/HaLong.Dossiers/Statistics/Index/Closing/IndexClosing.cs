using HaLong.ServiceDefaults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Index.Closing;

/// <summary>Closes months when their day has come, one replica at a time. What a crash interrupts is done in the next round.</summary>
internal sealed partial class IndexClosing(
    IServiceScopeFactory scopes, IndexTelemetry telemetry, IOptions<IndexOptions> options, TimeProvider time, ILogger<IndexClosing> log) : BackgroundService
{
    /// <summary>One round. Gives how many months this replica closed.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var span = DossierTelemetry.Source.StartActivity("index closing round");
        var due = await InScopeAsync(c => c.DueAsync(ct));
        var closed = 0;
        telemetry.Due(due.Count);
        foreach (var month in due)
        {
            if (!await InScopeAsync(c => c.CloseAsync(month, ct)))
                continue;
            closed++;
            Closed(log, month);
        }

        if (due.Count > 0)
            telemetry.Due((await InScopeAsync(c => c.DueAsync(ct))).Count);
        return closed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task<T> InScopeAsync<T>(Func<MonthCloser, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<MonthCloser>());
    }

    [LoggerMessage(4430, LogLevel.Information, "The index of {Month} is closed")]
    private static partial void Closed(ILogger log, string month);

    [LoggerMessage(4431, LogLevel.Warning, "Months of the index could not be closed; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}

/// <summary>Degraded while a month that should be closed is not, after a round that found it.</summary>
internal sealed class IndexClosingHealth(IndexTelemetry telemetry) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(telemetry.MonthsDue > 0 ? HealthCheckResult.Degraded("Months of the index are due and not closed.") : HealthCheckResult.Healthy());
}
