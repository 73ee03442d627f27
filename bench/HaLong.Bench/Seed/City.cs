using HaLong.Dossiers.Deadlines;

namespace HaLong.Bench.Seed;

/// <summary>What a city is made from: what the platform has already, and the day.</summary>
/// <param name="Units">The communes, those with the most dossiers first.</param>
/// <param name="Procedures">Procedures in force that can be filed online.</param>
/// <param name="Calendar">The work calendar of the platform.</param>
/// <param name="CalendarVersion">Its state.</param>
/// <param name="Days">Working days of three years, the last one yesterday.</param>
/// <param name="Now">The moment at which the city is as it is.</param>
internal sealed record City(
    IReadOnlyList<SeedUnit> Units, IReadOnlyList<SeedProcedure> Procedures, WorkCalendar Calendar, long CalendarVersion, IReadOnlyList<DateOnly> Days, DateTimeOffset Now)
{
    public const string Agency = "000.00.01.H49";

    /// <summary>Unit and account of the demonstration officials, so that their queues are as full as those of others.</summary>
    public const string DemoUnit = "06688";

    public static readonly Guid DemoOfficer = Guid.Parse("0198e000-0000-7000-8000-000000000004"), DemoCitizen = Guid.Parse("0198e000-0000-7000-8000-000000000001");

    public const string DemoCitizenName = "Nguyễn Thị Hạnh";

    private const int Years = 3;

    /// <summary>Big communes and small ones, as cities have them.</summary>
    public double[] UnitShares { get; } = PeopleNames.Sums([.. Enumerable.Range(0, Units.Count).Select(i => Math.Pow(i + 5, -0.7))]);

    /// <summary>A few procedures are most of the work.</summary>
    public double[] ProcedureShares { get; } = PeopleNames.Sums([.. Enumerable.Range(0, Procedures.Count).Select(i => 1.0 / (i + 3))]);

    public static IReadOnlyList<DateOnly> DaysBefore(DateOnly today, WorkCalendar calendar) =>
        [.. Enumerable.Range(1, Years * 365).Select(back => today.AddDays(-back)).Where(d => calendar.KindOf(d) is DayKind.Ordinary or DayKind.SwapWork).Reverse()];
}

/// <summary>An administrative unit.</summary>
internal sealed record SeedUnit(string Code, string Id, string NameVi, string NameEn);

/// <summary>A procedure and what it gives the agency time for.</summary>
internal sealed record SeedProcedure(Guid Id, string Code, string NameVi, string NameEn, TimeLimit Limit, bool LimitAssumed);
