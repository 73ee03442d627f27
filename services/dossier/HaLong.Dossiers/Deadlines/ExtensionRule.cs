using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Deadlines;

/// <summary>What an agency may do to a deadline, and until when (Decree 61/2018, articles 19.4 and 19.9).</summary>
internal static class ExtensionRule
{
    /// <summary>The new appointment that an extension gives: closing time of the day, or of the next working day; or why there is none.</summary>
    /// <param name="limit">The limit of the procedure.</param>
    /// <param name="entries">The clock so far.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <param name="rules">How the regime counts.</param>
    /// <param name="requestedAt">When it is asked for.</param>
    /// <param name="day">The local day asked for.</param>
    public static Result<DateTimeOffset> Check(
        TimeLimit limit, IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules, DateTimeOffset requestedAt, DateOnly day)
    {
        var deadline = DeadlineEngine.Evaluate(limit, entries, calendar, rules, requestedAt);
        if (deadline.State != ClockState.Running)
            return DeadlineErrors.ClockNotRunning;
        if (deadline.Extensions >= rules.MaxExtensions)
            return DeadlineErrors.AlreadyExtended.Format(rules.MaxExtensions);
        var due = LocalTicks.Date(deadline.Due);
        if (LocalTicks.Date(LocalTicks.Of(requestedAt)) > due.AddDays(-rules.ExtensionLeadDays))
            return DeadlineErrors.ExtensionTooLate.Format(rules.ExtensionLeadDays);
        if (day <= due || day > due.AddYears(1))
            return DeadlineErrors.ExtensionNotLater.Format(due.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        return LocalTicks.Moment(LocalTicks.Of(calendar.RollForward(day).DayNumber, rules.Hours.Closing));
    }

    /// <summary>The last local day on which a supplement is asked for in time: counted from the first receipt. Null before it.</summary>
    public static DateOnly? SupplementUntil(IReadOnlyList<ClockEntry> entries, WorkCalendar calendar, DeadlineRules rules)
    {
        if (entries.FirstOrDefault(e => e.Effect is ClockEffect.Start or ClockEffect.Restart) is not { } receipt)
            return null;
        var start = new Counting(TimeLimit.WorkingDays(0), calendar, rules).Enter(LocalTicks.Of(receipt.At));
        return calendar.AddWorkingDays(LocalTicks.Date(start), rules.SupplementRequestDays);
    }
}
