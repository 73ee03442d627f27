using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>Once a night, by one replica: whether facts and cubes are still what the histories say.</summary>
internal sealed partial class NightlyCheck(
    IServiceScopeFactory scopes, StatisticsRebuild rebuild, RebuildBook book, KeepTelemetry telemetry, IOptions<KeepingOptions> options,
    TimeProvider time, ILogger<NightlyCheck> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Compares if the hour has come and nobody has done it. Null when there is nothing to do.</summary>
    public async Task<Rebuild?> RunAsync(CancellationToken ct)
    {
        var begin = LocalTime.Instant(LocalTime.Date(time.GetUtcNow()), new TimeOnly(options.Value.CheckHour, 0));
        if (options.Value.NightlyCheck == "none" || time.GetUtcNow() < begin)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        if (await db.Set<Rebuild>().AnyAsync(r => r.StartedAt >= begin && r.RequestedBy == null && r.State == RebuildState.Done, ct))
            return null;
        var row = options.Value.NightlyCheck == "all" ? await rebuild.RunAsync(RebuildKind.Check, ct) : await SampleAsync(scope.ServiceProvider, ct);
        if (row is { DifferingFacts: > 0 } or { DifferingCells: > 0 })
            Differs(log, row.Kind, row.DifferingFacts, row.DifferingCells);
        return row;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, time, RunAsync, e => CheckFailed(log, e), stoppingToken);

    private async Task<Rebuild?> SampleAsync(IServiceProvider services, CancellationToken ct)
    {
        if (await book.BeginAsync(RebuildKind.Sample, null, ct) is not { } turn)
            return null;
        var (state, error) = (RebuildState.Failed, (string?)"Exception");
        try
        {
            await services.GetRequiredService<SampleCheck>().RunAsync(turn.Row, options.Value.Sample, ct);
            telemetry.Compared(turn.Row.DifferingFacts ?? 0);
            (state, error) = (RebuildState.Done, null);
        }
        finally
        {
            await book.EndAsync(turn, state, error);
        }

        return turn.Row;
    }

    [LoggerMessage(4415, LogLevel.Error,
        "Statistics are not what the histories say: {Kind} found {Facts} facts and {Cells} cells that differ; a rebuild makes them right")]
    private static partial void Differs(ILogger log, string kind, long? facts, long? cells);

    [LoggerMessage(4416, LogLevel.Warning, "Comparing statistics failed; tried again later")]
    private static partial void CheckFailed(ILogger log, Exception e);
}
