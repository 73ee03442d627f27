using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace HaLong.Notifications.Planning;

/// <summary>
/// Which days people may sleep longer: weekends and public holidays (Labour Code 2019, art. 112), with days off in lieu and swapped days, from
/// the calendar that deadlines are counted with (Data/holidays.json).
/// </summary>
internal static class Holidays
{
    private static readonly Lazy<FrozenDictionary<DateOnly, string>> Days = new(Read);

    private sealed record Calendar(IReadOnlyList<Day> Items);

    private sealed record Day(DateOnly Date, string Kind);

    /// <summary>A worked Saturday is a day like any other.</summary>
    public static bool IsDayOff(DateOnly day) => Days.Value.TryGetValue(day, out var kind)
        ? kind != "SWAP_WORK"
        : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static FrozenDictionary<DateOnly, string> Read()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("holidays.json") ?? throw new InvalidOperationException("holidays.json is not in the program.");
        var calendar = JsonSerializer.Deserialize<Calendar>(file, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("holidays.json is empty.");
        return calendar.Items.ToFrozenDictionary(d => d.Date, d => d.Kind);
    }
}
