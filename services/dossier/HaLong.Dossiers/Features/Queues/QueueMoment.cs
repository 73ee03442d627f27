using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>The moment by which late and about to expire are told apart.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Today">The beginning of its local day: a limit in days is kept until its last day is over.</param>
/// <param name="Soon">What is due before it is about to expire.</param>
internal sealed record QueueMoment(DateTimeOffset Now, DateTimeOffset Today, DateTimeOffset Soon)
{
    public DateOnly Day => LocalTime.Date(Now);

    public static QueueMoment Of(DateTimeOffset now, QueueOptions options) =>
        new(now, LocalTime.Instant(LocalTime.Date(now), TimeOnly.MinValue), now.AddHours(options.ExpiringHours));

    /// <summary>Days until it is due, by the calendar; negative when it is late.</summary>
    public int DaysUntil(DateTimeOffset due) => LocalTime.Date(due).DayNumber - Day.DayNumber;

    public bool IsOverdue(DateTimeOffset due, bool byTheHour) => due < (byTheHour ? Now : Today);

    public bool IsExpiring(DateTimeOffset due, bool byTheHour) => due < Soon && !IsOverdue(due, byTheHour);
}
