using System.Globalization;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>Clocks written as a person would tell them, in local time.</summary>
internal static class ClockSamples
{
    public static readonly WorkCalendar Calendar = DeadlineData.Calendar();
    public static readonly DeadlineRules Rules = DeadlineData.Rules(null).At(new DateOnly(2026, 1, 1));

    public static DateTimeOffset At(string local) => new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(7));

    /// <summary>Entries such as <c>("2023-10-02T09:00", ClockEffect.Start)</c>.</summary>
    public static List<ClockEntry> Clock(params (string At, ClockEffect Effect)[] entries) =>
        [.. entries.Select((e, i) => VectorTests.Entry(i + 1, e.Effect, At(e.At)))];

    public static List<ClockEntry> Extended(this List<ClockEntry> entries, string at, string to)
    {
        entries.Add(VectorTests.Entry(entries.Count + 1, ClockEffect.Extend, At(at), At(to)));
        return entries;
    }

    public static Deadline Deadline(TimeLimit limit, List<ClockEntry> entries, string now, DeadlineRules? rules = null) =>
        DeadlineEngine.Evaluate(limit, entries, Calendar, rules ?? Rules, At(now));

    public static Ledger Ledger(TimeLimit limit, List<ClockEntry> entries, string now) =>
        HaLong.Dossiers.Deadlines.Ledger.Of(limit, entries, Calendar, Rules, At(now));

    /// <summary>2023-10-19 17:00, local.</summary>
    public static string? Local(this DateTimeOffset? moment) => moment?.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
