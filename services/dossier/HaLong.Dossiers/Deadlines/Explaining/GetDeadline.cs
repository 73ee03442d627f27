using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Deadlines.Explaining;

/// <summary>Why a dossier is due when it is due: the clock, every day, what would move it, what is assumed.</summary>
internal sealed class GetDeadline(
    DossierDbContext db, DossierDesk desk, DeadlineDesk deadlines, CalendarCache calendars, ExpectedWaits waits, ReadRecord reads, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/v1/dossiers/{id:guid}/deadline", (Guid id, GetDeadline handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .RequireAuthorization(Policies.Acting)
        .WithTags("Dossiers")
        .WithSummary("The due date explained: clock, counted and not counted days, remaining time, what would move it, what is assumed")
        .Answers<DeadlineView>(200, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var visible = await desk.VisibleAsync(Acts.DossierRead, ct);
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        await reads.AddAsync(ReadRecord.Deadline, id, dossier.OwnerId, ct);

        var now = time.Now();
        var calendar = await calendars.GetAsync(ct);
        var entries = await db.ClockEntries.AsNoTracking().Where(e => e.DossierId == id).OrderBy(e => e.Number).ToListAsync(ct);
        var (limit, assumed) = await deadlines.LimitOfAsync(dossier, ct);
        var rules = deadlines.RulesFor(entries, now);
        var ledger = Ledger.Of(limit, entries, calendar, rules, now);
        var changes = await db.DueDateChanges.AsNoTracking().Where(c => c.DossierId == id).OrderBy(c => c.At).ToListAsync(ct);
        Etag.Set(http.Response, dossier.Version);
        var view = DeadlineView.Of(dossier, limit, assumed, ledger, changes, calendar, rules, now);
        return TypedResults.Ok(view with { ExpectedWait = await waits.OfAsync(dossier, () => Task.FromResult((limit, assumed)), ct) });
    }
}
