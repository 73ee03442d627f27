using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.Dossiers.Deadlines.Recounting;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Statistics.Waits.Expected;

namespace HaLong.Dossiers.Deadlines.Explaining;

/// <summary>A text: in the language of the request, and in both.</summary>
internal sealed record TextView(string Text, string TextVi, string TextEn)
{
    public static TextView Of(Words words) => new(ServiceDefaults.Text.Bilingual(words.Vi, words.En), words.Vi, words.En);
}

/// <summary>The deadline of a dossier, explained.</summary>
/// <param name="State">notStarted, running, paused or stopped.</param>
/// <param name="Regime">Whose rules count, by the day of receipt.</param>
/// <param name="EffectiveStart">When the limit that counts now began.</param>
/// <param name="DueAt">Null before the start and while the clock stands.</param>
/// <param name="ProvisionalDueAt">The same; while the clock stands, or before the start, when it would be due if the clock went on or started now.</param>
/// <param name="OriginalDueAt">Without the new appointment of an extension.</param>
/// <param name="LateAfter">From which date the regime counts lateness.</param>
/// <param name="Punctuality">inTime or overdue while open; early, onTime or late at the end; null before.</param>
/// <param name="Remaining">Until the due date; null unless the clock runs.</param>
/// <param name="Statistical">The clock of Decision 766/QĐ-TTg.</param>
/// <param name="Assumed">True when the limit or a day of the calendar is not certain; <paramref name="Assumptions"/> says what.</param>
/// <param name="Steps">The clock, oldest first.</param>
/// <param name="Days">Every day from the receipt that counts now.</param>
/// <param name="Outlook">What would move the due date.</param>
/// <param name="Changes">Due dates that moved with the calendar.</param>
/// <param name="CalendarVersion">The state of the calendar by which all this was counted.</param>
internal sealed record DeadlineView(
    Guid DossierId, string? Code, string Status, string State, LimitView Limit, string Regime, DateTimeOffset? EffectiveStart, DateTimeOffset? DueAt,
    DateTimeOffset? ProvisionalDueAt, DateTimeOffset? OriginalDueAt, DateTimeOffset? LateAfter, DateTimeOffset? StoppedAt, string? Punctuality, RemainingView? Remaining,
    StatisticalView? Statistical, int Extensions, bool Assumed, IReadOnlyList<StepView> Steps, IReadOnlyList<DayView> Days, IReadOnlyList<TextView> Outlook,
    IReadOnlyList<AssumptionView> Assumptions, IReadOnlyList<ChangeView> Changes, IReadOnlyList<string> Sources, long CalendarVersion)
{
    /// <summary>When its result is likely, beside when it is due; while it is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExpectedWaitView? ExpectedWait { get; init; }

    public static DeadlineView Of(
        Dossier dossier, TimeLimit limit, bool limitAssumed, Ledger ledger, IEnumerable<DueDateChange> changes, WorkCalendar calendar, DeadlineRules rules, DateTimeOffset now)
    {
        var deadline = ledger.Deadline;
        var forecast = deadline.State == ClockState.NotStarted ? DeadlineEngine.Evaluate(limit, now, calendar, rules) : deadline;
        return new DeadlineView(
            dossier.Id, dossier.Code, dossier.Status, Name(deadline.State), LimitView.Of(limit, limitAssumed), rules.Regime, deadline.EffectiveStart, deadline.DueAt,
            forecast.ProvisionalDueAt, deadline.OriginalDueAt, deadline.LateAfter, deadline.StoppedAt, PunctualityOf(deadline, now), RemainingView.Of(limit, deadline, calendar, rules, now),
            StatisticalView.Of(deadline, rules), deadline.Extensions, limitAssumed || forecast.Assumed,
            [.. ledger.Steps.Select(StepView.Of)], [.. ledger.Days.Select(DayView.Of)], [.. ledger.Outlook.Select(TextView.Of)],
            AssumptionView.Of(limitAssumed, ledger.Assumptions), [.. changes.Select(ChangeView.Of)], rules.Sources, calendar.Version);
    }

    internal static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? PunctualityOf(Deadline deadline, DateTimeOffset now) => deadline.State switch
    {
        ClockState.NotStarted => null,
        ClockState.Stopped => Name(deadline.Of(deadline.StoppedAt!.Value)),
        _ => deadline.LateAfter < now ? "overdue" : "inTime",
    };
}

/// <summary>The limit that was promised.</summary>
/// <param name="Unit">workingDay, halfDay, workingHour, calendarDay, month, year or sameDay.</param>
internal sealed record LimitView(string Unit, decimal Amount, TextView Words, bool Assumed)
{
    public static LimitView Of(TimeLimit limit, bool assumed) => new(DeadlineView.Name(limit.Unit), limit.Amount, TextView.Of(Deadlines.Words.Limit(limit)), assumed);
}

/// <summary>Time until the due date; below zero when it is over.</summary>
internal sealed record RemainingView(int WorkingDays, long WorkingMinutes)
{
    public static RemainingView? Of(TimeLimit limit, Deadline deadline, WorkCalendar calendar, DeadlineRules rules, DateTimeOffset now)
    {
        if (deadline.State != ClockState.Running)
            return null;
        var (from, to, counting) = (LocalTicks.Of(now), deadline.Due, new Counting(limit, calendar, rules));
        var work = to >= from ? counting.WorkBetween(from, to) : -counting.WorkBetween(to, from);
        return new RemainingView(calendar.Between(LocalTicks.Day(from), LocalTicks.Day(to)), work / TimeSpan.TicksPerMinute);
    }
}

/// <summary>The statistical clock: from the first receipt, without the times of waiting.</summary>
/// <param name="DueAt">When it is due by this clock.</param>
/// <param name="UsedMinutes">Minutes of work used.</param>
/// <param name="UsedDays">The same in working days.</param>
internal sealed record StatisticalView(DateTimeOffset DueAt, long UsedMinutes, decimal UsedDays)
{
    public static StatisticalView? Of(Deadline deadline, DeadlineRules rules) => deadline.StatisticalDueAt is { } due
        ? new StatisticalView(due, deadline.StatisticalTimeUsed.Ticks / TimeSpan.TicksPerMinute, Math.Round((decimal)deadline.StatisticalTimeUsed.Ticks / rules.Hours.PerDay, 2))
        : null;
}

/// <summary>One entry of the clock.</summary>
/// <param name="Effect">start, pause, resume, restart, extend or stop.</param>
/// <param name="Cause">The transition.</param>
/// <param name="DueAt">When it was due after it, by today's calendar.</param>
internal sealed record StepView(DateTimeOffset At, string Effect, string Cause, TextView Words, DateTimeOffset? DueAt)
{
    public static StepView Of(LedgerStep step) => new(step.At, DeadlineView.Name(step.Effect), step.Cause, TextView.Of(step.Text), step.DueAt);
}

/// <summary>One day.</summary>
/// <param name="Reason">counted, firstDay, afterHours, notWorked, paused, rolledTo or extension.</param>
/// <param name="Kind">ordinary, weekend, holiday, compensation, swapOff or swapWork.</param>
/// <param name="Number">Which day of the limit; null unless it counts by the day.</param>
/// <param name="Minutes">Minutes of work that count; of limits in hours only.</param>
internal sealed record DayView(DateOnly Date, bool Counts, int? Number, int? Minutes, string Reason, string Kind, TextView Words, bool Assumed)
{
    public static DayView Of(LedgerDay day) =>
        new(day.Date, day.Counts, day.Number, day.Minutes, DeadlineView.Name(day.Reason), DeadlineView.Name(day.Kind), TextView.Of(day.Text), day.Assumed);
}

/// <summary>Something that is not certain.</summary>
/// <param name="What">limit, calendarYear, calendarDay, or the name of a rule.</param>
/// <param name="Source">Where it comes from, if anybody said so.</param>
internal sealed record AssumptionView(string What, TextView Words, string? Source)
{
    private static readonly Words NoLimit = new("Thời hạn của thủ tục chưa được công bố; dùng thời hạn giả định", "The limit of the procedure is not published; an assumed one is used");

    public static IReadOnlyList<AssumptionView> Of(bool limitAssumed, IEnumerable<LedgerAssumption> others) =>
    [
        .. limitAssumed ? [new AssumptionView("limit", TextView.Of(NoLimit), null)] : Array.Empty<AssumptionView>(),
        .. others.Select(a => new AssumptionView(a.What, TextView.Of(a.Text), a.Source)),
    ];
}

/// <summary>A due date that moved with the calendar.</summary>
internal sealed record ChangeView(DateTimeOffset At, DateTimeOffset From, DateTimeOffset To, TextView Words)
{
    public static ChangeView Of(DueDateChange change) => new(change.At, change.OldDueAt, change.NewDueAt, TextView.Of(new Words(change.ReasonVi, change.ReasonEn)));
}
