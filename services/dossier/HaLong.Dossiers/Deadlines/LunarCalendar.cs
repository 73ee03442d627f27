namespace HaLong.Dossiers.Deadlines;

/// <summary>
/// The lunisolar calendar (âm lịch) by its astronomical rule: a month begins on the day of the new moon; month 11 is the one with the winter
/// solstice; when thirteen months lie between two of them, the first without a principal term of the sun is a leap month. Vietnam reads the days
/// in UTC+7, China in UTC+8: that is why .NET's Chinese calendar is wrong here in some years (1985, 2007, 2030).
/// </summary>
/// <param name="utcOffsetHours">Whose days: 7 for Vietnam.</param>
internal sealed class LunarCalendar(double utcOffsetHours)
{
    public static readonly LunarCalendar Vietnam = new(7);

    private const double MidnightOfDayZero = 1721425.5, LunationsPerYear = 12.3685;
    private const int MonthsPerYear = 12, SolsticeMonth = 11;

    /// <summary>The day of a lunar date in a month that is not a leap month.</summary>
    public DateOnly ToSolar(int lunarYear, int month, int day)
    {
        var (first, leap) = YearFrom(month >= SolsticeMonth ? lunarYear : lunarYear - 1);
        var position = (month + 1) % MonthsPerYear;
        return DateOnly.FromDayNumber(FirstDay(first + position + (leap is { } l && position >= l ? 1 : 0)) + day - 1);
    }

    /// <summary>The number of the month that comes twice in a lunar year, if one does.</summary>
    public int? LeapMonth(int lunarYear) =>
        NumberOfLeap(lunarYear - 1) is { } early and < SolsticeMonth ? early : NumberOfLeap(lunarYear) is { } late and >= SolsticeMonth ? late : null;

    private int? NumberOfLeap(int solsticeYear) => YearFrom(solsticeYear).Leap is { } position ? (position + 9) % MonthsPerYear + 1 : null;

    /// <summary>The lunation with the winter solstice of a year, and the position of the leap month after it.</summary>
    private (int First, int? Leap) YearFrom(int solsticeYear)
    {
        var (first, next) = (Solstice(solsticeYear), Solstice(solsticeYear + 1));
        if (next - first == MonthsPerYear)
            return (first, null);
        var leap = 1;
        while (HasPrincipalTerm(first + leap))
            leap++;
        return (first, leap);
    }

    private int Solstice(int year)
    {
        var day = Day(Moon.WinterSolstice(year));
        var lunation = (int)((year - 2000) * LunationsPerYear) + MonthsPerYear;
        while (FirstDay(lunation) > day)
            lunation--;
        while (FirstDay(lunation + 1) <= day)
            lunation++;
        return lunation;
    }

    /// <summary>Does the sun pass a multiple of 30° within the month?</summary>
    private bool HasPrincipalTerm(int lunation) => Sector(FirstDay(lunation)) != Sector(FirstDay(lunation + 1));

    private int Sector(int day) => (int)(Moon.SunLongitude(day + MidnightOfDayZero - utcOffsetHours / 24) / 30);

    private int FirstDay(int lunation) => Day(Moon.NewMoon(lunation));

    private int Day(double instant) => (int)Math.Floor(instant - MidnightOfDayZero + utcOffsetHours / 24);
}
