using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Lifecycle;

/// <summary>A dossier in the hands of somebody who does something to it now.</summary>
internal sealed record Deed(Dossier Dossier, Actor Actor, DateTimeOffset Now);

/// <summary>
/// The way of every transition that an official makes: role by the table, dossier of the unit, revision, who stands in for whom, the deed, the
/// dates that follow from the clock, and one transaction.
/// </summary>
internal sealed class LifecycleDesk(
    DossierDbContext db, DossierDesk desk, DeadlineDesk deadlines, CalendarCache calendars, RuleBook rules, IOptions<DossierOptions> options, Caller caller, TimeProvider time)
{
    public DateTimeOffset Now => time.Now();

    public ValueTask<WorkCalendar> CalendarAsync(CancellationToken ct) => calendars.LatestAsync(ct);

    public WaitRules WaitsOf(Dossier dossier) => options.Value.WaitsOf(dossier.LegalRegime);

    /// <summary>How the regime of the dossier counts.</summary>
    public DeadlineRules RulesOf(Dossier dossier) => rules.At(LocalTime.Date(dossier.AcceptedAt ?? dossier.SubmittedAt ?? Now));

    /// <summary>The dates once this has happened to the clock.</summary>
    public Task<Deadline> AfterAsync(Dossier dossier, ClockEffect effect, DateTimeOffset now, DateTimeOffset? extendTo, CancellationToken ct) =>
        deadlines.AfterAsync(dossier, effect, now, extendTo, ct);

    /// <summary>Does something to a dossier of the caller's unit.</summary>
    public async Task<IResult> ActAsync(Guid id, string action, HttpContext http, Func<Deed, Task<Result>> work, CancellationToken ct)
    {
        if (Transitions.RoleFor(action, null, caller.Roles) is null)
            return DossierErrors.WrongRole.ToProblem();
        // What is reception's to do, the unit where it was handed in may do as well.
        var taken = !Transitions.Of(action).Any(t => t.Roles.Contains(Roles.Reception))
            ? await desk.TakeOfUnitAsync(id, http.Request, ct)
            : await desk.TakeAtReceptionAsync(id, http.Request, ct);
        return taken.IsSuccess ? await ActAsync(taken.Value, action, http, work, ct) : taken.Error.ToProblem();
    }

    /// <summary>The same without anything to wait for.</summary>
    public Task<IResult> ActAsync(Guid id, string action, HttpContext http, Func<Deed, Result> work, CancellationToken ct) =>
        ActAsync(id, action, http, deed => Task.FromResult(work(deed)), ct);

    /// <summary>Does something to a dossier that was taken already.</summary>
    public async Task<IResult> ActAsync(Dossier dossier, string action, HttpContext http, Func<Deed, Task<Result>> work, CancellationToken ct)
    {
        var done = await work(new Deed(dossier, await ActorAsync(dossier, action, ct), Now));
        if (!done.IsSuccess)
            return done.Error.ToProblem();
        await ReckonAsync(dossier, ct);
        return await desk.SaveAsync(dossier, action, http, ct);
    }

    /// <summary>Takes the dates after a pause, a resumption or a stop. Transitions that give an appointment ask for theirs before.</summary>
    public async Task ReckonAsync(Dossier dossier, CancellationToken ct)
    {
        if (dossier.LastTick is { Effect: ClockEffect.Pause or ClockEffect.Resume or ClockEffect.Stop } tick)
            dossier.Reckon(await deadlines.AfterAsync(dossier, tick.Effect, tick.At, null, ct));
    }

    /// <summary>The caller in the role of the table, for whom he may stand in.</summary>
    private async Task<Actor> ActorAsync(Dossier dossier, string action, CancellationToken ct)
    {
        var actor = desk.As(Transitions.RoleFor(action, dossier.Status, caller.Roles) ?? "");
        if (dossier.OfficerId is not { } officer || officer == actor.Id)
            return actor;
        var today = LocalTime.Date(Now);
        return await db.Absences.AnyAsync(a => a.OfficerId == officer && a.SubstituteId == actor.Id && a.From <= today && a.To >= today && a.EndedAt == null, ct)
            ? actor with { StandsInFor = officer }
            : actor;
    }
}
