using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Waits.BackTest;
using HaLong.Dossiers.Statistics.Waits.Expected;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

/// <summary>Stays made by chance from a seed, as a way of working would make them.</summary>
internal static class Stays
{
    public const int PerDay = 480;

    public static readonly UnitParents Parents = new(new() { ["A"] = "22", ["B"] = "22", ["C"] = "31", ["22"] = "" });

    /// <summary>Minutes that are short mostly and long sometimes: log-normal around a middle.</summary>
    public static int Minutes(Random random, double middleDays) =>
        Math.Max(1, (int)(middleDays * PerDay * Math.Exp(0.6 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))));

    /// <summary>So many a day, five days a week.</summary>
    public static IEnumerable<Outcome> Filed(int seed, DateOnly from, DateOnly to, int aDay, Func<DateOnly, double> middleDays, string unit = "A",
        string procedure = "P")
    {
        var random = new Random(seed);
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            for (var i = 0; i < aDay && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday); i++)
            {
                var minutes = Minutes(random, middleDays(day));
                yield return new Outcome(procedure, unit, day, After(day, (minutes + PerDay - 1) / PerDay), minutes);
            }
        }
    }

    /// <summary>The same day so many working days on.</summary>
    public static DateOnly After(DateOnly day, int days)
    {
        while (days > 0)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                days--;
        }

        return day;
    }

    /// <summary>A fact of a dossier that took so long.</summary>
    public static DossierFact Fact(string unit, string procedure, DateOnly received, DateOnly? resolved, int whole, int check = 0) => new()
    {
        DossierId = Guid.CreateVersion7(),
        UnitCode = unit,
        Level = "commune",
        ReceivingUnitCode = unit,
        ProcedureCode = procedure,
        FieldCode = "LAND",
        Source = IntakeSource.OwnForm,
        Hand = FilingHand.Self,
        ReceivedDay = received,
        AcceptedDay = received,
        ResolvedDay = resolved,
        StateDays = [received],
        StateKinds = [StateKind.New],
        StayKinds = resolved is null ? [StayKind.Check] : [StayKind.Check, StayKind.Processing, StayKind.Whole],
        StayEnds = resolved is { } day ? [received, day, day] : [received],
        StayMinutes = resolved is null ? [check] : [check, whole - check, whole],
    };
}
