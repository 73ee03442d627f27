using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Waits;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>What facts add to all cells of all cubes, or take from them.</summary>
internal sealed class CellSums
{
    public Sums<CubeKey> Days { get; } = new(Figures.Measures.Count);
    public Sums<CubeKey> Months { get; } = new(Figures.Measures.Count);
    public Sums<WaitKey> WaitDays { get; } = new(1);
    public Sums<WaitKey> WaitMonths { get; } = new(1);

    public int Count => Days.Count + Months.Count + WaitDays.Count + WaitMonths.Count;

    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    public void Add(DossierFact fact, int times = 1)
    {
        var contributions = Contributions.Of(fact);
        foreach (var grain in CubeGrain.All)
        {
            var (day, month, days, months) = (default(DateOnly), default(DateOnly), Array.Empty<long>(), Array.Empty<long>());
            foreach (var c in contributions)
            {
                // They are in the order of days: a cell is looked up once.
                if (grain.HasDays && (c.Day != day || days.Length == 0))
                    days = Days.Of(grain.Of(fact, day = c.Day));
                if (MonthOf(c.Day) != month || months.Length == 0)
                    months = Months.Of(grain.Of(fact, month = MonthOf(c.Day)));
                if (grain.HasDays)
                    days[(int)c.Measure] += times * c.Value;
                months[(int)c.Measure] += times * c.Value;
            }
        }

        for (var stay = 0; stay < fact.StayKinds.Length; stay++)
        {
            WaitDays.Of(WaitGrain.Finest.Of(fact, stay, fact.StayEnds[stay]))[0] += times;
            foreach (var grain in WaitGrain.All)
                WaitMonths.Of(grain.Of(fact, stay, MonthOf(fact.StayEnds[stay])))[0] += times;
        }
    }

    public void Clear()
    {
        Days.Clear();
        Months.Clear();
        WaitDays.Clear();
        WaitMonths.Clear();
    }
}
