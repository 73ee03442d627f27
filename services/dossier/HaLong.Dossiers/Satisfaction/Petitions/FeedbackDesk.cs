using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>Loads feedback for its author and for the agency, and saves what became of it with its evidence. What is not the caller's does not exist for
/// him.</summary>
internal sealed class FeedbackDesk(
    DossierDbContext db, Caller caller, StatisticsSight sight, FeedbackLimitBook limits, CalendarCache calendars, RuleBook rules,
        SatisfactionTelemetry telemetry, TimeProvider time)
{
    public DateTimeOffset Now { get; } = time.Now();

    public IQueryable<Feedback> Own => db.Set<Feedback>().Where(f => f.AuthorId == caller.AccountId);

    /// <summary>What the agency sees: of the caller's unit and of those below it.</summary>
    public async Task<Result<IQueryable<Feedback>>> SeenAsync(string? unit, CancellationToken ct)
    {
        var units = await sight.UnitsAsync(unit, ct);
        if (!units.IsSuccess)
            return units.Error;
        var all = db.Set<Feedback>().AsQueryable();
        return Result.Of(units.Value is { } codes ? all.Where(f => codes.Contains(f.UnitCode)) : all);
    }

    /// <summary>The limits that hold for what was received then, reckoned with today's calendar.</summary>
    public async Task<FeedbackTimes> TimesAsync(DateTimeOffset received, CancellationToken ct) =>
        new(limits.At(LocalTime.Date(received)), await calendars.GetAsync(ct), rules);

    /// <summary>The author does something.</summary>
    public Task<IResult> ByAuthorAsync(Guid id, string step, HttpContext http, Func<Feedback, FeedbackTimes, Result> work, CancellationToken ct) =>
        DoAsync(Own, id, step, http, work, ct);

    /// <summary>The agency does something: who sees it as leader, chief or approver. Auditors and administrators only look.</summary>
    public async Task<IResult> ByAgencyAsync(Guid id, string step, HttpContext http, Func<Feedback, FeedbackTimes, Result> work, CancellationToken ct)
    {
        if (!caller.IsInRole(Roles.Leader) && !caller.IsInRole(Roles.Chief) && !caller.IsInRole(Roles.Approver))
            return SatisfactionErrors.NotYoursToAnswer.ToProblem();
        var seen = await SeenAsync(null, ct);
        return seen.IsSuccess ? await DoAsync(seen.Value, id, step, http, work, ct) : seen.Error.ToProblem();
    }

    /// <summary>The view, with the revision as ETag.</summary>
    public IResult Show(Feedback feedback, HttpContext http)
    {
        Etag.Set(http.Response, feedback.Version);
        return TypedResults.Ok(FeedbackView.Of(feedback, limits, Now));
    }

    public FeedbackView View(Feedback feedback) => FeedbackView.Of(feedback, limits, Now);

    /// <summary>Saves with evidence of the step.</summary>
    public async Task SaveAsync(Feedback feedback, string step, CancellationToken ct)
    {
        db.Record("feedback." + step, feedback.Id.ToString(), FeedbackEvidence.Of(feedback));
        await db.SaveChangesAsync(ct);
        telemetry.Step(step);
    }

    private async Task<IResult> DoAsync(
        IQueryable<Feedback> among, Guid id, string step, HttpContext http, Func<Feedback, FeedbackTimes, Result> work, CancellationToken ct)
    {
        if (await among.SingleOrDefaultAsync(f => f.Id == id, ct) is not { } feedback)
            return SatisfactionErrors.FeedbackNotFound.ToProblem();
        if (Etag.Check(http.Request, feedback.Version) is { } stale)
            return stale.ToProblem();
        var done = work(feedback, await TimesAsync(feedback.ReceivedAt, ct));
        if (!done.IsSuccess)
            return done.Error.ToProblem();
        await SaveAsync(feedback, step, ct);
        return Show(feedback, http);
    }
}

/// <summary>What the evidence of a step is the hash of.</summary>
internal sealed record FeedbackEvidence(
    Guid FeedbackId, string State, string Text, string? RefusalReason, string? SupplementQuestion, string? Supplement, string? Answer, bool? Upheld,
    string? PublicText, string? PublicAnswer, bool? Satisfied, bool? OnTime)
{
    public static FeedbackEvidence Of(Feedback f) => new(
        f.Id, f.State, f.Text, f.RefusalReason, f.SupplementQuestion, f.Supplement, f.Answer, f.Upheld, f.PublicText, f.PublicAnswer, f.Satisfied, f.OnTime);
}
