using HaLong.Bench.Seed;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Bench.Tests;

/// <summary>A small city without a platform.</summary>
internal static class CitySamples
{
    public static readonly DateOnly Today = new(2026, 11, 30);

    private static readonly WorkCalendar Calendar = new(
        3, Enumerable.Range(2023, 6).SelectMany(year => CalendarDraft.Of(year, 2)), Enumerable.Range(2023, 6).ToDictionary(y => y, _ => true));

    public static City City { get; } = new(
        [new SeedUnit(City.DemoUnit, City.DemoUnit + "@2025-07-01", "Phường Hạ Long", "Ha Long Ward"), .. Enumerable.Range(1, 9).Select(i => new SeedUnit($"0670{i}", $"0670{i}@2025-07-01", $"Phường {i}", $"Ward {i}"))],
        [.. Enumerable.Range(0, 6).Select(i => new SeedProcedure(new Guid(i, 0, 0, new byte[8]), $"1.00000{i}", $"Thủ tục {i}", $"Procedure {i}", Limit(i), false))],
        Calendar, 3, City.DaysBefore(Today, Calendar), new DateTimeOffset(Today, new TimeOnly(7, 30), TimeSpan.FromHours(7)));

    public static SeedOptions Options(int dossiers, ulong seed = 766) => new(dossiers, seed, Today, false);

    public static List<SeedDossier> Make(int dossiers, ulong seed = 766) => [.. new CityMaker(City, Options(dossiers, seed)).All()];

    private static TimeLimit Limit(int i) => i == 5 ? new TimeLimit(LimitUnit.WorkingHour, 8 * 60) : TimeLimit.WorkingDays((5 * i) + 3);
}
