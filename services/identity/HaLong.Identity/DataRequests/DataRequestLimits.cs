using System.Collections.Frozen;
using HaLong.Identity.Seeding;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.DataRequests;

/// <summary>Until when a request must be acknowledged and dealt with, and under which law.</summary>
internal sealed record DataRequestLimits(string Regime, DateTimeOffset? AcknowledgeBy, DateTimeOffset CompleteBy)
{
    private static readonly Lazy<List<Row>> Rows = new(() => ReferenceData.Read<Catalogue>("data-request-limits.json").Items);

    internal sealed record Catalogue(List<Row> Items);

    internal sealed record Row(string Regime, DateOnly ValidFrom, Limit? Acknowledge, Dictionary<string, Limit> Complete);

    internal sealed record Limit(int? Hours, int? WorkingDays, int? CalendarDays);

    /// <summary>The limits of a kind of request that is received at a moment.</summary>
    public static DataRequestLimits For(string kind, DateTimeOffset received)
    {
        var day = LocalTime.Date(received);
        var row = Rows.Value.Where(r => r.ValidFrom <= day).MaxBy(r => r.ValidFrom) ?? Rows.Value.MinBy(r => r.ValidFrom)!; // The file is not empty.
        return new DataRequestLimits(row.Regime, row.Acknowledge is null ? null : End(row.Acknowledge, received), End(row.Complete[kind], received));
    }

    private static DateTimeOffset End(Limit limit, DateTimeOffset received)
    {
        if (limit.Hours is { } hours)
            return received.AddHours(hours);
        var day = LocalTime.Date(received);
        return WorkingDays.CloseOf(limit.WorkingDays is { } count ? WorkingDays.Add(day, count) : WorkingDays.RollForward(day.AddDays(limit.CalendarDays ?? 0)));
    }
}

/// <summary>Which days state offices work: Monday to Friday but for holidays, and Saturdays that were swapped in.</summary>
internal static class WorkingDays
{
    private static readonly TimeOnly Closing = new(17, 0);

    private static readonly Lazy<FrozenDictionary<DateOnly, string>> Exceptions = new(() =>
        ReferenceData.Read<Calendar>("holidays.json").Items.ToFrozenDictionary(d => d.Date, d => d.Kind));

    internal sealed record Calendar(List<Day> Items);

    internal sealed record Day(DateOnly Date, string Kind);

    public static bool IsWorkingDay(DateOnly day) => Exceptions.Value.TryGetValue(day, out var kind)
        ? kind == "SWAP_WORK"
        : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The so-many-th working day after a day, which is not counted itself.</summary>
    public static DateOnly Add(DateOnly from, int count)
    {
        var day = from;
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    public static DateOnly RollForward(DateOnly day) => IsWorkingDay(day) ? day : RollForward(day.AddDays(1));

    /// <summary>The moment at which offices close on a day.</summary>
    public static DateTimeOffset CloseOf(DateOnly day)
    {
        var local = day.ToDateTime(Closing);
        return new DateTimeOffset(local, LocalTime.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
