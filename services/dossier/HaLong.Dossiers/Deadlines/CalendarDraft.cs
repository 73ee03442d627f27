namespace HaLong.Dossiers.Deadlines;

/// <summary>
/// A year's calendar as the law and the moon give it (Labour Code 45/2019, articles 111 and 112), for an administrator to compare with the
/// official notice, correct and confirm: which days around Tết and National Day are free is fixed every year, and swaps cannot be foreseen.
/// </summary>
internal static class CalendarDraft
{
    /// <summary>Days of Tết (article 112.1b).</summary>
    private const int TetDays = 5;

    private const string Source = "draft";

    private static readonly (string Vi, string En)[] DaysBeforeTet =
    [
        ("ngày cuối năm âm lịch", "last day of the lunar year"), ("hai ngày trước mùng 1", "two days before the first day"),
        ("ba ngày trước mùng 1", "three days before the first day"), ("bốn ngày trước mùng 1", "four days before the first day"),
    ];

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <param name="year">Solar year, 1900 to 2100.</param>
    /// <param name="tetDaysBefore">How many of the five days of Tết lie before its first day: 0 to 4, mostly 1 or 2.</param>
    /// <param name="nationalDayBefore">True when the second day of National Day is 1 September, false when 3 September; null: the one nearer to a weekend.</param>
    public static IReadOnlyList<SpecialDay> Of(int year, int tetDaysBefore, bool? nationalDayBefore = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)tetDaysBefore, (uint)DaysBeforeTet.Length);
        var days = new List<SpecialDay> { Holiday(new DateOnly(year, 1, 1), "Tết Dương lịch", "New Year") };
        days.AddRange(Tet(year, tetDaysBefore));
        days.Add(Holiday(LunarCalendar.Vietnam.ToSolar(year, 3, 10), "Giỗ Tổ Hùng Vương (10/3 âm lịch)", "Hùng Kings Commemoration (10th day of the 3rd lunar month)"));
        days.Add(Holiday(new DateOnly(year, 4, 30), "Ngày Chiến thắng", "Victory / Reunification Day"));
        days.Add(Holiday(new DateOnly(year, 5, 1), "Ngày Quốc tế lao động", "International Labour Day"));
        days.AddRange(NationalDay(new DateOnly(year, 9, 2), nationalDayBefore));
        days.AddRange(InLieu(days));
        return [.. days.OrderBy(d => d.Date)];
    }

    private static IEnumerable<SpecialDay> Tet(int year, int daysBefore)
    {
        var first = LunarCalendar.Vietnam.ToSolar(year, 1, 1);
        for (var i = -daysBefore; i < TetDays - daysBefore; i++)
        {
            var (vi, en) = i < 0 ? DaysBeforeTet[-i - 1] : ($"mùng {i + 1} Tết", $"{Ordinals[i]} day");
            yield return Holiday(first.AddDays(i), $"Tết Âm lịch – {vi}", $"Lunar New Year – {en}");
        }
    }

    private static IEnumerable<SpecialDay> NationalDay(DateOnly day, bool? before)
    {
        yield return Holiday(day, "Quốc khánh", "National Day");
        yield return before ?? day.DayOfWeek is DayOfWeek.Tuesday or DayOfWeek.Wednesday or DayOfWeek.Saturday
            ? Holiday(day.AddDays(-1), "Quốc khánh – ngày liền kề trước", "National Day – adjacent day before")
            : Holiday(day.AddDays(1), "Quốc khánh – ngày liền kề sau", "National Day – adjacent day after");
    }

    /// <summary>For each holiday on a weekend the next working day that is not given away yet (article 111.3).</summary>
    private static List<SpecialDay> InLieu(List<SpecialDay> holidays)
    {
        var taken = holidays.Select(h => h.Date).ToHashSet();
        var lieu = new List<SpecialDay>();
        foreach (var holiday in holidays.Where(h => IsWeekend(h.Date)).OrderBy(h => h.Date))
        {
            var day = holiday.Date.AddDays(1);
            while (IsWeekend(day) || !taken.Add(day))
                day = day.AddDays(1);
            lieu.Add(new SpecialDay(day, DayKind.Compensation, FormattableString.Invariant($"Nghỉ bù ngày {holiday.Date:dd/MM/yyyy}"), FormattableString.Invariant($"Day off in lieu of {holiday.Date:yyyy-MM-dd}"), Source, false));
        }
        return lieu;
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static SpecialDay Holiday(DateOnly day, string vi, string en) => new(day, DayKind.Holiday, vi, en, Source, false);
}
