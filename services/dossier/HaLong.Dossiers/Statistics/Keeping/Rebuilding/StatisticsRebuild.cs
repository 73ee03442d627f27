using System.Threading.Channels;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>Makes facts and cubes anew in the background, when somebody asks for it.</summary>
internal sealed partial class StatisticsRebuild(
    IServiceScopeFactory scopes, RebuildBook book, NpgsqlDataSource database, KeepTelemetry telemetry, TimeProvider time, ILogger<StatisticsRebuild> log)
    : BackgroundService
{
    private readonly Channel<RebuildTurn> turns = Channel.CreateUnbounded<RebuildTurn>();

    /// <summary>Begins it in the background; null while somebody is at it.</summary>
    public async Task<Rebuild?> BeginAsync(string kind, Guid? requestedBy, CancellationToken ct)
    {
        if (await book.BeginAsync(kind, requestedBy, ct) is not { } turn)
            return null;
        // Not the row itself: it changes from here on.
        var begun = new Rebuild { Id = turn.Row.Id, Kind = kind, RequestedBy = requestedBy, StartedAt = turn.Row.StartedAt };
        await turns.Writer.WriteAsync(turn, CancellationToken.None);
        return begun;
    }

    /// <summary>Does it at once; null while somebody else is at it.</summary>
    public async Task<Rebuild?> RunAsync(string kind, CancellationToken ct)
    {
        if (await book.BeginAsync(kind, null, ct) is not { } turn)
            return null;
        await RunAsync(turn, ct);
        return turn.Row;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var turn in turns.Reader.ReadAllAsync(stoppingToken))
            await RunAsync(turn, stoppingToken);
    }

    private async Task RunAsync(RebuildTurn turn, CancellationToken ct)
    {
        var (row, begun) = (turn.Row, time.GetTimestamp());
        using var span = DossierTelemetry.Source.StartActivity("statistics " + row.Kind);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RebuildRun>().RunAsync(turn, ct);
            var took = time.GetElapsedTime(begun);
            telemetry.Rebuilt(row.Kind, took);
            // Where changes had waited, differences have their reason.
            if (row.Taken == 0)
                telemetry.Compared(row.DifferingFacts + row.DifferingCells ?? 0);
            span?.SetTag("facts", row.Facts).SetTag("cells", row.Cells).SetTag("differences", row.DifferingCells);
            Rebuilt(log, row.Kind, row.Facts, row.Cells, took.TotalSeconds, row.DifferingFacts, row.DifferingCells, row.Taken);
            await book.EndAsync(turn, RebuildState.Done, null);
        }
        catch (Exception e)
        {
            RebuildFailed(log, e, row.Kind, row.Phase);
            await CleanAsync(turn, ct.IsCancellationRequested ? RebuildState.Interrupted : RebuildState.Failed, e.GetType().Name);
        }
    }

    // The next one would do it too; but until then they take room.
    private async Task CleanAsync(RebuildTurn turn, string state, string error)
    {
        try
        {
            await using (var open = await database.OpenConnectionAsync())
                await new ShadowTables(open).DropAsync(CancellationToken.None);
            await book.EndAsync(turn, state, error);
        }
        catch (Exception e)
        {
            CleanFailed(log, e);
        }
    }

    [LoggerMessage(4412, LogLevel.Information,
        "Statistics {Kind}: {Facts} facts, {Cells} cells in {Seconds} s; {DifferingFacts} facts and {DifferingCells} cells differ, {Taken} changes had waited")]
    private static partial void Rebuilt(
        ILogger log, string kind, long facts, long cells, double seconds, long? differingFacts, long? differingCells, long taken);

    [LoggerMessage(4413, LogLevel.Error, "Statistics {Kind} failed at {Phase}; what was in use is in use still")]
    private static partial void RebuildFailed(ILogger log, Exception e, string kind, string phase);

    [LoggerMessage(4414, LogLevel.Warning, "What a failed rebuild left could not be taken away; the next one does it")]
    private static partial void CleanFailed(ILogger log, Exception e);
}
