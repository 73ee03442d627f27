using System.ComponentModel;

namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>
/// How long dossiers of one procedure took until their result, by day of the result: as columns, so that a year of them is small to keep. Never changes.
/// </summary>
/// <param name="Units">Code of the unit that decided.</param>
/// <param name="Days">Day of the result, as a number, in order.</param>
/// <param name="Whole">Minutes of working time from filing to the result.</param>
/// <param name="Accepted">The same without the check before acceptance.</param>
[ImmutableObject(true)]
internal sealed record StayHistory(string[] Units, int[] Days, int[] Whole, int[] Accepted)
{
    public static StayHistory Of(IEnumerable<(string Unit, DateOnly Day, int Whole, int Check)> stays)
    {
        var sorted = stays.OrderBy(s => s.Day).ToList();
        return new StayHistory(
            [.. sorted.Select(s => s.Unit)], [.. sorted.Select(s => s.Day.DayNumber)], [.. sorted.Select(s => s.Whole)],
                [.. sorted.Select(s => Math.Max(0, s.Whole - s.Check))]);
    }

    /// <summary>The stays that ended in a period, both days included.</summary>
    public Range Between(DateOnly from, DateOnly to) => First(from.DayNumber)..First(to.DayNumber + 1);

    private int First(int day)
    {
        var (low, high) = (0, Days.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Days[middle] < day)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
