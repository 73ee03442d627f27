using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>What the index is counted over: a month, a quarter or a year. While it lasts it is live, and counted until today.</summary>
/// <param name="Name">yyyy-MM, yyyy-Qn or yyyy.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day that is counted.</param>
/// <param name="Months">How many months it has: 1, 3 or 12.</param>
/// <param name="IsLive">It is not over yet.</param>
internal sealed record IndexPeriod(string Name, DateOnly From, DateOnly To, int Months, bool IsLive)
{
    private static readonly DateOnly First = new(2000, 1, 1);

    public bool IsMonth => Months == 1;

    /// <summary>The month of a day.</summary>
    public static IndexPeriod MonthOf(DateOnly day, DateOnly today) =>
        Of(day.ToString("yyyy-MM", CultureInfo.InvariantCulture), new DateOnly(day.Year, day.Month, 1), 1, today);

    /// <summary>The period of that name; the present month without one.</summary>
    public static Result<IndexPeriod> Parse(string? name, DateOnly today)
    {
        if (string.IsNullOrEmpty(name))
            return MonthOf(today, today);
        return PeriodName.Parse(name) is { } period && period.From >= First && period.From <= today
            ? Of(name, period.From, period.Months, today)
            : IndexErrors.BadPeriod;
    }

    private static IndexPeriod Of(string name, DateOnly from, int months, DateOnly today)
    {
        var last = from.AddMonths(months).AddDays(-1);
        return new IndexPeriod(name, from, last < today ? last : today, months, last >= today);
    }
}
