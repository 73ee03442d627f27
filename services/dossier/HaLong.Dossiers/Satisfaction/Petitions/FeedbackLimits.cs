using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Watchdog.Ladders;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>Time limits of feedback in working days: Decision 766/QĐ-TTg, indicator 5.2.</summary>
/// <param name="ValidFrom">First local day of receipt for which they hold.</param>
/// <param name="SupplementDays">How long the author has to add something; assumed.</param>
internal sealed record FeedbackLimits(
    DateOnly ValidFrom, int RefuseDays, int AskDays, int AnswerDays, int PublishDays, int SupplementDays, string LegalBasis,
        IReadOnlyList<RuleAssumption> Assumptions);

/// <summary>The limits by day of receipt.</summary>
/// <param name="all">At least one; an earlier day than all of them has the first.</param>
internal sealed class FeedbackLimitBook(IEnumerable<FeedbackLimits> all)
{
    private readonly FeedbackLimits[] byDay = [.. all.OrderBy(l => l.ValidFrom)];

    /// <summary>Those of Data/feedback-limits.json.</summary>
    public static FeedbackLimitBook Load() => new(DataFiles.ReadArray("feedback-limits.json", "items")
        .Select(i => i.Deserialize<FeedbackLimits>(DataFiles.Json)!));

    public FeedbackLimits At(DateOnly day) => Array.FindLast(byDay, l => l.ValidFrom <= day) ?? byDay[0];
}

/// <summary>Until when each step is in time: closing time of the n-th working day.</summary>
internal sealed class FeedbackTimes(FeedbackLimits limits, WorkCalendar calendar, RuleBook rules)
{
    public DateTimeOffset Refuse(DateTimeOffset from) => After(limits.RefuseDays, from);

    public DateTimeOffset Ask(DateTimeOffset from) => After(limits.AskDays, from);

    public DateTimeOffset Answer(DateTimeOffset from) => After(limits.AnswerDays, from);

    public DateTimeOffset Publish(DateTimeOffset from) => After(limits.PublishDays, from);

    public DateTimeOffset Supplement(DateTimeOffset from) => After(limits.SupplementDays, from);

    private DateTimeOffset After(int days, DateTimeOffset from) => new WorkTimes(calendar, rules.At(LocalTime.Date(from))).AfterDays(days, from);
}
