using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>
/// Fetches what was filed on the portal, makes dossiers of it and answers. One replica at a time: the lock is of a connection, so a crash gives it
/// back. What fails is tried again after a pause, alone: no filing holds up another.
/// </summary>
internal sealed partial class InboundPoller(
    IServiceScopeFactory scopes, InboundTelemetry telemetry, IOptions<PortalOptions> options, TimeProvider time, ILogger<InboundPoller> log) : BackgroundService
{
    private const int Batch = 50;

    /// <summary>One round.</summary>
    /// <returns>False when another replica is at it, or the portal is not connected.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (!options.Value.Enabled)
            return false;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        return await OneReplica.RunAsync(db, "halong.dossier.portal-inbound", async () =>
        {
            using var span = DossierTelemetry.Source.StartActivity("portal inbound");
            // What is here already is worked on even when nothing new can be read.
            var isHere = await ReadAsync(ct) & await WorkAsync(db, ct);
            telemetry.Round(isHere);
            telemetry.Waiting(await CountAsync(db, ct));
            return true;
        }, ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Inbound.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<InboundReader>().ReadAsync(ct) is > 0 and var read)
                Read(log, read);
            return true;
        }
        catch (PortalTrouble trouble)
        {
            NotRead(log, trouble.Answer.Code!);
            return false;
        }
    }

    private async Task<bool> WorkAsync(DossierDbContext db, CancellationToken ct)
    {
        while (true)
        {
            var now = time.Now();
            var due = await db.Set<InboundFiling>().Where(f => f.NextTryAt <= now).OrderBy(f => f.Number).Take(Batch).Select(f => f.Code).ToListAsync(ct);
            foreach (var code in due)
            {
                // Others will not fare better: the rest stays due.
                if (!await StepAsync(code, ct))
                    return false;
            }

            if (due.Count == 0)
                return true;
        }
    }

    /// <returns>False when the portal as a whole does not work.</returns>
    private async Task<bool> StepAsync(string code, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<InboundWork>().StepAsync(code, ct);
            return true;
        }
        catch (PortalTrouble trouble)
        {
            await LaterAsync(code, trouble.Answer.Code!, trouble.Answer.After, ct);
            return !trouble.Answer.Away;
        }
        catch (ErrorException e)
        {
            await LaterAsync(code, e.Error.Code, null, ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            StepFailed(log, e, code);
            await LaterAsync(code, e.GetType().Name, null, ct);
            return true;
        }
    }

    private async Task LaterAsync(string code, string reason, TimeSpan? after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        var row = await db.Set<InboundFiling>().SingleAsync(f => f.Code == code, ct);
        row.Later(reason, time.Now() + (after ?? options.Value.Inbound.Pause(row.Attempts + 1)));
        await db.SaveChangesAsync(ct);
        TriedLater(log, code, row.Attempts, reason);
    }

    private static Task<List<InboundCount>> CountAsync(DossierDbContext db, CancellationToken ct) => db.Set<InboundFiling>()
        .Where(f => f.State == InboundState.Received || f.State == InboundState.WaitingForAccount || f.State == InboundState.Failed)
        .GroupBy(f => f.State).Select(g => new InboundCount(g.Key, g.LongCount(), g.Min(f => f.ReceivedAt))).ToListAsync(ct);

    [LoggerMessage(4510, LogLevel.Information, "{Count} filings of the national portal were read")]
    private static partial void Read(ILogger log, int count);

    [LoggerMessage(4511, LogLevel.Warning, "The national portal does not say what is new: {Reason}; asked again in the next round")]
    private static partial void NotRead(ILogger log, string reason);

    [LoggerMessage(4512, LogLevel.Warning, "Filing {Code} of the national portal is tried again later, after {Attempts} failures: {Reason}")]
    private static partial void TriedLater(ILogger log, string code, int attempts, string reason);

    [LoggerMessage(4513, LogLevel.Error, "Filing {Code} of the national portal could not be worked on")]
    private static partial void StepFailed(ILogger log, Exception e, string code);

    [LoggerMessage(4514, LogLevel.Error, "Filings of the national portal could not be worked on; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
