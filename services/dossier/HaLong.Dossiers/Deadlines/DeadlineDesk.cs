using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Deadlines;

/// <summary>The deadline of a dossier: what the transitions ask before they happen.</summary>
internal sealed class DeadlineDesk(DossierDbContext db, ProcedureCatalogue catalogue, CalendarCache calendars, RuleBook rules, IOptions<DossierOptions> options)
{
    /// <summary>
    /// The deadline once this has happened to the dossier; the transition takes <see cref="Deadline.DueAt"/> and <see cref="Deadline.Assumed"/>
    /// from it and adds the entry by <see cref="Dossier.Clock"/>. What the clock counts is noted at its start and saved together with the dossier.
    /// </summary>
    /// <param name="dossier">The dossier, before the transition.</param>
    /// <param name="effect">What the transition does to the clock.</param>
    /// <param name="at">When.</param>
    /// <param name="extendTo">The new appointment of an extension.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Deadline> AfterAsync(Dossier dossier, ClockEffect effect, DateTimeOffset at, DateTimeOffset? extendTo, CancellationToken ct)
    {
        var entries = await EntriesAsync(dossier.Id, ct);
        entries.Add(new ClockEntry { DossierId = dossier.Id, Number = entries.Count + 1, Effect = effect, At = at, Cause = "", ReasonVi = "", ReasonEn = "", ExtendTo = extendTo });
        var calendar = await calendars.GetAsync(ct);
        var clock = await ClockAsync(dossier, ct);
        var deadline = Evaluate(clock, entries, calendar, at);
        clock.CalendarVersion = deadline.State == ClockState.Stopped ? null : calendar.Version;
        return deadline;
    }

    /// <summary>The deadline as it stands.</summary>
    public async Task<Deadline> NowAsync(Dossier dossier, DateTimeOffset now, CancellationToken ct)
    {
        var clock = await db.Clocks.AsNoTracking().SingleOrDefaultAsync(c => c.DossierId == dossier.Id, ct);
        return clock is null ? default : Evaluate(clock, await EntriesAsync(dossier.Id, ct), await calendars.GetAsync(ct), now);
    }

    /// <summary>The appointment that an extension would give (form 04), or why there is none; the transition passes it on to <see cref="AfterAsync"/>.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="requestedAt">When it is asked for.</param>
    /// <param name="day">The local day asked for.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Result<DateTimeOffset>> ExtensionAsync(Dossier dossier, DateTimeOffset requestedAt, DateOnly day, CancellationToken ct)
    {
        if (await db.Clocks.AsNoTracking().SingleOrDefaultAsync(c => c.DossierId == dossier.Id, ct) is not { } clock)
            return DeadlineErrors.ClockNotRunning;
        var entries = await EntriesAsync(dossier.Id, ct);
        return ExtensionRule.Check(clock.Limit, entries, await calendars.GetAsync(ct), RulesFor(entries, requestedAt), requestedAt, day);
    }

    /// <summary>The last local day on which a supplement is asked for in time (Decree 61/2018, article 19.4); null before the receipt.</summary>
    public async Task<DateOnly?> SupplementUntilAsync(Dossier dossier, CancellationToken ct)
    {
        var entries = await EntriesAsync(dossier.Id, ct);
        return entries.Count == 0 ? null : ExtensionRule.SupplementUntil(entries, await calendars.GetAsync(ct), RulesFor(entries, entries[0].At));
    }

    /// <summary>The limit of a procedure: what the catalogue says, else the assumed one.</summary>
    public (TimeLimit Limit, bool Assumed) LimitOf(ProcedureTimeLimit limit) => limit.Value is { } value
        ? (TimeLimit.Of(value, limit.Unit), limit.Assumed)
        : (TimeLimit.WorkingDays(options.Value.AssumedTimeLimitDays), true);

    /// <summary>What was promised at receipt; before it what the catalogue says.</summary>
    public async Task<(TimeLimit Limit, bool Assumed)> LimitOfAsync(Dossier dossier, CancellationToken ct)
    {
        if (await db.Clocks.AsNoTracking().SingleOrDefaultAsync(c => c.DossierId == dossier.Id, ct) is { } clock)
            return (clock.Limit, clock.LimitAssumed);
        return LimitOf(catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct)).TimeLimit);
    }

    /// <summary>The deadline of a clock whose entries are known.</summary>
    internal Deadline Evaluate(DossierClock clock, List<ClockEntry> entries, WorkCalendar calendar, DateTimeOffset now)
    {
        var deadline = DeadlineEngine.Evaluate(clock.Limit, entries, calendar, RulesFor(entries, now), now);
        return clock.LimitAssumed ? deadline with { Assumed = true } : deadline;
    }

    /// <summary>A dossier keeps the rules of its day of receipt.</summary>
    internal DeadlineRules RulesFor(IReadOnlyList<ClockEntry> entries, DateTimeOffset now) =>
        rules.At(LocalTime.Date(entries.FirstOrDefault(e => e.Effect == ClockEffect.Start)?.At ?? now));

    private Task<List<ClockEntry>> EntriesAsync(Guid dossierId, CancellationToken ct) =>
        db.ClockEntries.AsNoTracking().Where(e => e.DossierId == dossierId).OrderBy(e => e.Number).ToListAsync(ct);

    private async Task<DossierClock> ClockAsync(Dossier dossier, CancellationToken ct)
    {
        if (await db.Clocks.FindAsync([dossier.Id], ct) is { } known)
            return known;
        var procedure = await catalogue.GetAsync(dossier.ProcedureId, ct);
        var (limit, assumed) = LimitOf(catalogue.ContentOf(procedure).TimeLimit);
        var clock = new DossierClock { DossierId = dossier.Id, Unit = limit.Unit, Count = limit.Count, LimitAssumed = assumed };
        db.Clocks.Add(clock);
        return clock;
    }
}
