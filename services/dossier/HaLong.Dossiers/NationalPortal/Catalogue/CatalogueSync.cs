using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>
/// Reads the national catalogue, each night and when somebody asks for it. One replica at a time.
/// Our own catalogue is never changed by it: what differs is for people to decide.
/// </summary>
internal sealed partial class CatalogueSync(
    IServiceScopeFactory scopes, PortalClient portal, CatalogueTelemetry telemetry, IOptions<PortalOptions> options, TimeProvider time, ILogger<CatalogueSync> log)
    : BackgroundService
{
    private const int PageSize = 200;

    /// <summary>Does the reading that is asked for or due.</summary>
    /// <returns>It; null when there is none, or another replica is at it.</returns>
    public async Task<CatalogueSyncRun?> RunAsync(CancellationToken ct)
    {
        if (!options.Value.Enabled)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        return await OneReplica.RunAsync(db, "halong.dossier.portal-catalogue", async () =>
        {
            var run = await OpenAsync(db, ct);
            if (run is not null)
                await ReadAsync(db, run, ct);
            return run;
        }, ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Catalogue.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    private async Task<CatalogueSyncRun?> OpenAsync(DossierDbContext db, CancellationToken ct)
    {
        var runs = db.Set<CatalogueSyncRun>();
        if (await runs.SingleOrDefaultAsync(r => r.FinishedAt == null, ct) is { } open)
            return open;
        var now = time.Now();
        var night = OneReplica.LastNight(now, options.Value.Catalogue.Hour);
        var retry = now - options.Value.Catalogue.Retry;
        if (await runs.AnyAsync(r => (r.StartedAt >= night && r.Error == null) || (r.FinishedAt > retry && r.Error != null), ct))
            return null;
        var run = new CatalogueSyncRun { Id = Guid.CreateVersion7(now), RequestedAt = now };
        db.Add(run);
        await db.SaveChangesAsync(ct);
        return run;
    }

    private async Task ReadAsync(DossierDbContext db, CatalogueSyncRun run, CancellationToken ct)
    {
        using var span = DossierTelemetry.Source.StartActivity("portal catalogue");
        (run.StartedAt, run.Seen, run.Changed, run.Abolished) = (time.Now(), 0, 0, 0);
        await db.SaveChangesAsync(ct);
        try
        {
            await PagesAsync(run, run.StartedAt.Value, ct);
            run.Error = null;
        }
        catch (PortalTrouble trouble)
        {
            run.Error = trouble.Answer.Code;
            Failed(log, trouble, run.Id, trouble.Answer.Code!);
        }

        run.FinishedAt = time.Now();
        await db.SaveChangesAsync(ct);
        telemetry.Read(run.Error is null);
        span?.SetTag("seen", run.Seen).SetTag("changed", run.Changed).SetTag("error", run.Error);
        if (run.Error is null)
            Done(log, run.Seen, run.Changed, run.Abolished);
    }

    private async Task PagesAsync(CatalogueSyncRun run, DateTimeOffset seenAt, CancellationToken ct)
    {
        for (var after = ""; ;)
        {
            var page = await portal.ReadAsync<CataloguePage>($"/api/v1/procedures?after={Uri.EscapeDataString(after)}&limit={PageSize}", ct);
            var items = page.Items ?? [];
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
            await KeepAsync(db, run, items, seenAt, ct);
            if (page.Next is not { Length: > 0 } next)
            {
                // All of it was read: what was not among it is there no longer.
                run.Abolished = await db.Set<PortalProcedure>().Where(p => p.IsActive && p.SeenAt < seenAt)
                    .ExecuteUpdateAsync(p => p.SetProperty(x => x.IsActive, false), ct) + run.Abolished;
                return;
            }

            if (string.CompareOrdinal(next, after) <= 0)
                throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, "outOfOrder"));
            after = next;
        }
    }

    private static async Task KeepAsync(DossierDbContext db, CatalogueSyncRun run, IReadOnlyList<CatalogueItem> items, DateTimeOffset seenAt, CancellationToken ct)
    {
        var usable = items.Where(i => i.IsUsable).ToList();
        var codes = usable.ConvertAll(i => i.Code!);
        var known = await db.Set<PortalProcedure>().Where(p => codes.Contains(p.Code)).ToDictionaryAsync(p => p.Code, StringComparer.Ordinal, ct);
        foreach (var item in usable.DistinctBy(i => i.Code))
        {
            if (!known.TryGetValue(item.Code!, out var procedure))
                db.Add(procedure = new PortalProcedure { Code = item.Code!, NameVi = "", FieldCode = "", FieldNameVi = "" });
            var wasActive = procedure.IsActive;
            if (item.WriteTo(procedure))
                run.Changed++;
            if (wasActive && !procedure.IsActive)
                run.Abolished++;
            procedure.SeenAt = seenAt;
            run.Seen++;
        }

        await db.SaveChangesAsync(ct);
    }

    [LoggerMessage(4520, LogLevel.Information, "Read {Seen} procedures of the national catalogue: {Changed} changed, {Abolished} abolished")]
    private static partial void Done(ILogger log, int seen, int changed, int abolished);

    [LoggerMessage(4521, LogLevel.Warning, "Reading {RunId} of the national catalogue did not come to its end: {Reason}")]
    private static partial void Failed(ILogger log, Exception e, Guid runId, string reason);

    [LoggerMessage(4522, LogLevel.Error, "The national catalogue could not be read; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
