using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Comparing;

/// <summary>
/// Compares the portal's whole list with ours, each night and when somebody asks for it, page by page in the order of codes. One replica at a time: the lock
/// is of a connection, so a crash gives it back, and the next one begins the comparison anew.
/// </summary>
internal sealed partial class PortalComparer(
    IServiceScopeFactory scopes, PortalClient portal, PortalTelemetry telemetry, IOptions<PortalOptions> options, TimeProvider time,
        ILogger<PortalComparer> log)
    : BackgroundService
{
    /// <summary>Does the comparison that is asked for or due.</summary>
    /// <returns>It; null when there is none, or another replica is at it.</returns>
    public async Task<PortalCompare?> RunAsync(CancellationToken ct)
    {
        if (!options.Value.Enabled)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        return await OneReplica.RunAsync(db, "halong.dossier.portal-compare", async () =>
        {
            var compare = await OpenAsync(db, ct);
            if (compare is not null)
                await CompareAsync(db, compare, ct);
            return compare;
        }, ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.Compare.Interval, time, RunAsync, e => RoundFailed(log, e), stoppingToken);

    /// <summary>The one asked for, or interrupted; else tonight's, if it is time.</summary>
    private async Task<PortalCompare?> OpenAsync(DossierDbContext db, CancellationToken ct)
    {
        var compares = db.Set<PortalCompare>();
        if (await compares.SingleOrDefaultAsync(c => c.FinishedAt == null, ct) is { } open)
            return open;
        var now = time.Now();
        var night = OneReplica.LastNight(now, options.Value.Compare.Hour);
        var retry = now - options.Value.Compare.Retry;
        if (await compares.AnyAsync(c => (c.StartedAt >= night && c.Error == null) || (c.FinishedAt > retry && c.Error != null), ct))
            return null;
        var compare = new PortalCompare { Id = Guid.CreateVersion7(now), RequestedAt = now };
        db.Add(compare);
        await db.SaveChangesAsync(ct);
        return compare;
    }

    private async Task CompareAsync(DossierDbContext db, PortalCompare compare, CancellationToken ct)
    {
        using var span = DossierTelemetry.Source.StartActivity("portal compare");
        compare.StartedAt = time.Now();
        await db.SaveChangesAsync(ct);
        var found = new PortalCompare();
        try
        {
            await PagesAsync(found, ct);
            compare.Error = null;
        }
        catch (PortalTrouble trouble)
        {
            compare.Error = trouble.Answer.Code;
            Failed(log, trouble, compare.Id, trouble.Answer.Code!);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            compare.Error = e.GetType().Name;
            Failed(log, e, compare.Id, compare.Error);
        }

        (compare.Seen, compare.Missing, compare.Status, compare.Content, compare.Unknown, compare.Healing, compare.Rejected) =
            (found.Seen, found.Missing, found.Status, found.Content, found.Unknown, found.Healing, found.Rejected);
        compare.FinishedAt = time.Now();
        await db.SaveChangesAsync(ct);
        telemetry.Compared(compare.Error is null ? "done" : "failed");
        span?.SetTag("seen", found.Seen).SetTag("healing", found.Healing).SetTag("error", compare.Error);
        if (compare.Error is null)
            Done(log, found.Seen, found.Missing, found.Status, found.Content, found.Unknown, found.Healing);
    }

    private async Task PagesAsync(PortalCompare found, CancellationToken ct)
    {
        var after = "";
        do
        {
            var page = await portal.PageAsync(after, options.Value.Compare.Page, ct);
            var items = page.Items ?? [];
            var last = page.Next is not null && items is [.., var end] ? end.Code : null;
            // Out of order, or in a circle, ranges would say that dossiers are missing which are not.
            if ((page.Next is not null && last is null) || !IsOrdered(after, items))
                throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, "outOfOrder"));
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ComparePage>().RunAsync(after, last, items, found, ct);
            after = last ?? "";
        }
        while (after.Length > 0);
    }

    private static bool IsOrdered(string after, IReadOnlyList<PortalDossier> items)
    {
        foreach (var item in items)
        {
            if (item.Code is null || string.CompareOrdinal(item.Code, after) <= 0)
                return false;
            after = item.Code;
        }

        return true;
    }

    [LoggerMessage(4486, LogLevel.Information,
        "Compared {Seen} dossiers with the national portal: {Missing} missing, {Status} in another state, {Content} with other content, "
            + "{Unknown} not known here; {Healing} are told again")]
    private static partial void Done(ILogger log, int seen, int missing, int status, int content, int unknown, int healing);

    [LoggerMessage(4487, LogLevel.Warning, "Comparison {CompareId} with the national portal did not come to its end: {Reason}")]
    private static partial void Failed(ILogger log, Exception e, Guid compareId, string reason);

    [LoggerMessage(4488, LogLevel.Error, "Nothing could be compared with the national portal; tried again in the next round")]
    private static partial void RoundFailed(ILogger log, Exception e);
}
