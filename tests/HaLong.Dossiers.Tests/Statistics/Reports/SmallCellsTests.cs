using HaLong.Dossiers.Statistics.Reports;
using HaLong.Dossiers.Statistics.Reports.Open;

namespace HaLong.Dossiers.Tests.Statistics.Reports;

/// <summary>What is hidden stays hidden, however one reckons.</summary>
public sealed class SmallCellsTests
{
    private static readonly SmallCells Rule = new(PublicColumns.All.Count, PublicColumns.Sums);

    [Fact]
    public void No_hidden_cell_can_be_computed_from_what_is_shown()
    {
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            var counts = Table(random, 1 + random.Next(3), 1 + random.Next(5), new[] { 3, 8, 40, 400 }[round % 4]);
            var hidden = Rule.Hidden(counts);
            var cells = Cells(counts).ToList();

            Assert.All(cells.Where(c => At(counts, c) is > 0 and < SmallCells.Shown), c => Assert.True(At(hidden, c)));
            var unknown = cells.Where(c => At(hidden, c)).ToList();
            var equations = Equations(counts, hidden, unknown);
            Assert.Empty(ByElimination(equations, unknown.Count));
            Assert.Empty(ByBounds(equations, unknown.Count));
        }
    }

    [Fact]
    public void The_attacks_find_what_is_hidden_without_company()
    {
        // The proof that the test above can fail: the small cells alone do not protect themselves.
        var counts = Table(new Random(1), 2, 3, 60);
        var hidden = new bool[counts.GetLength(0), counts.GetLength(1), counts.GetLength(2)];
        hidden[0, 0, (int)PublicColumn.Online] = true;
        var unknown = Cells(counts).Where(c => At(hidden, c)).ToList();
        var equations = Equations(counts, hidden, unknown);
        Assert.Equal([0], ByElimination(equations, 1));
        Assert.Equal([0], ByBounds(equations, 1));
    }

    [Fact]
    public void Large_counts_and_noughts_are_shown_and_totals_are_hidden_last()
    {
        var counts = Sum(2, 3, (_, f) => f == 2 ? [0, 0, 0, 0, 0, 0] : [50, 40, 60, 30, 50, 40]);
        Assert.DoesNotContain(true, Rule.Hidden(counts).Cast<bool>());

        var small = Sum(2, 3, (l, f) => (l, f) == (0, 0) ? [3, 40, 20, 13, 50, 40] : [50, 40, 60, 30, 50, 40]);
        var hidden = Rule.Hidden(small);
        Assert.True(hidden[0, 0, (int)PublicColumn.Online]);
        // Two levels, two fields, two columns.
        Assert.Equal(8, hidden.Cast<bool>().Count(h => h));
        Assert.DoesNotContain(Cells(small).Where(c => c.L == 2 || c.F == 3), c => At(hidden, c));
        Assert.False(hidden[0, 0, (int)PublicColumn.Received]);
    }

    [Fact]
    public void A_table_of_one_small_cell_is_hidden_up_to_its_totals()
    {
        var hidden = Rule.Hidden(Sum(1, 1, (_, _) => [2, 0, 2, 0, 0, 0]));
        Assert.All(Enumerable.Range(0, 2), l => Assert.All(Enumerable.Range(0, 2), f => Assert.True(hidden[l, f, (int)PublicColumn.Received])));
    }

    [Fact]
    public void A_month_adds_up_its_cells_and_a_sum_hides_what_a_month_hides()
    {
        // LAND has 3 online in one month and 30 in the other: the sum of both would tell the 3.
        long[] Counts(long online, long direct) => [online + direct, online, direct, online, direct, 0, 60, 40, 20, 30, 20, 10];
        var january = new PublicMonth([("commune", "LAND", Counts(3, 40)), ("commune", "CIVIL", Counts(50, 60)), ("province", "LAND", Counts(70, 80)),
            ("province", "CERT", new long[12])]);
        var february = new PublicMonth([("commune", "LAND", Counts(30, 40)), ("commune", "CIVIL", Counts(50, 60)), ("province", "LAND", Counts(70, 80))]);
        Assert.Equal(["LAND", "CIVIL"], january.Fields.Where(f => f.Length > 0).OrderByDescending(f => f, StringComparer.Ordinal));
        Assert.Null(january["commune", "LAND", PublicColumn.Online]);
        Assert.Equal(30, february["commune", "LAND", PublicColumn.Online]);
        Assert.Equal(0, february["district", "LAND", PublicColumn.Online]);
        Assert.Equal(110, february["commune", "CIVIL", PublicColumn.Received]);

        var quarter = PublicTotals.Of("2026-Q1", new(2026, 1, 1), new(2026, 3, 31), "commune", [january, february]);

        var land = quarter.Fields.Single(f => f.Code == "LAND");
        Assert.Null(land.Online);
        Assert.Null(land.OnlineShare);
        Assert.Contains("online", land.Hidden);
        Assert.Equal((113L, "Đất đai", "Land"), (land.Received, land.NameVi, land.NameEn));
        Assert.Equal(["commune"], quarter.Levels.Select(l => l.Code));
        var all = PublicTotals.Of("2026-Q1", new(2026, 1, 1), new(2026, 3, 31), null, [february]);
        Assert.Equal((330L, 150L, 45.45m, 66.67m, 60m), (all.Total.Received, all.Total.Online, all.Total.OnlineShare, all.Total.InTimeShare,
            all.Total.ElectronicShare));
        Assert.Empty(all.Total.Hidden);
        Assert.Equal(0, PublicTotals.Of("2026", new(2026, 1, 1), new(2026, 12, 31), "district", []).Levels.Single().Received);
    }

    private static long[,,] Table(Random random, int levels, int fields, int most) => Sum(levels, fields, (_, _) =>
    {
        // Components split the received, results the resolved: the last part is what is left.
        var (online, direct, inTime, late) = (Some(), Some(), Some(), Some());
        return [online, direct, random.NextInt64(online + direct + 1), -1, inTime, late];
        long Some() => random.Next(3) == 0 ? 0 : random.NextInt64(most);
    });

    // Of online, direct, digitised, not digitised (-1: all the others), in time, late; half of the results are electronic.
    private static long[,,] Sum(int levels, int fields, Func<int, int, long[]> make)
    {
        var counts = new long[levels + 1, fields + 1, PublicColumns.All.Count];
        for (var l = 0; l < levels; l++)
        {
            for (var f = 0; f < fields; f++)
            {
                var m = make(l, f);
                var (received, resolved) = (m[0] + m[1], m[4] + m[5]);
                var not = m[3] < 0 ? (received - m[2]) / 2 : m[3];
                long[] row = [received, m[0], m[1], m[2], not, received - m[2] - not, resolved, m[4], m[5], resolved / 2, resolved / 3,
                    resolved - (resolved / 2) - (resolved / 3)];
                foreach (var (a, b) in new[] { (l, f), (levels, f), (l, fields), (levels, fields) })
                {
                    for (var c = 0; c < row.Length; c++)
                        counts[a, b, c] += row[c];
                }
            }
        }

        return counts;
    }

    private static IEnumerable<(int L, int F, int C)> Cells(long[,,] t) =>
        from l in Enumerable.Range(0, t.GetLength(0))
        from f in Enumerable.Range(0, t.GetLength(1))
        from c in Enumerable.Range(0, t.GetLength(2))
        select (l,
            f, c);

    private static T At<T>(T[,,] table, (int L, int F, int C) cell) => table[cell.L, cell.F, cell.C];

    /// <summary>Every sum that the table has, over what is hidden: factors of the unknown, and what they come to.</summary>
    private static List<(Dictionary<int, int> Factors, long Value)> Equations(long[,,] counts, bool[,,] hidden, List<(int L, int F, int C)> unknown)
    {
        var index = unknown.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i);
        var (levels, fields) = (counts.GetLength(0) - 1, counts.GetLength(1) - 1);
        var found = new List<(Dictionary<int, int>, long)>();
        void Add((int, int, int) total, IEnumerable<(int, int, int)> parts)
        {
            var (factors, value) = (new Dictionary<int, int>(), 0L);
            foreach (var (cell, sign) in parts.Select(p => (p, 1)).Append((total, -1)))
            {
                if (At(hidden, cell))
                    factors[index[cell]] = sign;
                else
                    value -= sign * At(counts, cell);
            }

            if (factors.Count > 0)
                found.Add((factors, value));
        }

        for (var c = 0; c < PublicColumns.All.Count; c++)
        {
            for (var f = 0; f <= fields; f++)
                Add((levels, f, c), Enumerable.Range(0, levels).Select(l => (l, f, c)));
            for (var l = 0; l <= levels; l++)
                Add((l, fields, c), Enumerable.Range(0, fields).Select(f => (l, f, c)));
        }

        foreach (var (l, f) in from l in Enumerable.Range(0, levels + 1) from f in Enumerable.Range(0, fields + 1) select (l, f))
        {
            foreach (var sum in PublicColumns.Sums)
                Add((l, f, sum.Total), sum.Parts.Select(c => (l, f, c)));
        }

        return found;
    }

    /// <summary>Who solves the equations: unknowns whose value follows.</summary>
    private static List<int> ByElimination(List<(Dictionary<int, int> Factors, long Value)> equations, int unknowns)
    {
        var rows = equations.Select(e => Enumerable.Range(0, unknowns).Select(i => (double)e.Factors.GetValueOrDefault(i)).ToArray()).ToList();
        var pivots = new List<int>();
        for (var column = 0; column < unknowns && pivots.Count < rows.Count; column++)
        {
            var top = pivots.Count;
            var pivot = Enumerable.Range(top, rows.Count - top).MaxBy(r => Math.Abs(rows[r][column]));
            if (Math.Abs(rows[pivot][column]) < 1e-9)
                continue;
            (rows[top], rows[pivot]) = (rows[pivot], rows[top]);
            var factor = rows[top][column];
            for (var i = 0; i < unknowns; i++)
                rows[top][i] /= factor;
            for (var r = 0; r < rows.Count; r++)
            {
                if (r == top || Math.Abs(rows[r][column]) < 1e-9)
                    continue;
                var times = rows[r][column];
                for (var i = 0; i < unknowns; i++)
                    rows[r][i] -= times * rows[top][i];
            }

            pivots.Add(column);
        }

        return [.. pivots.Where((p, r) => Enumerable.Range(0, unknowns).All(i => i == p || Math.Abs(rows[r][i]) < 1e-9))];
    }

    /// <summary>Who knows that counts are not below zero, and narrows them down until nothing changes.</summary>
    private static List<int> ByBounds(List<(Dictionary<int, int> Factors, long Value)> equations, int unknowns)
    {
        var (low, high) = (new long[unknowns], Enumerable.Repeat(1_000_000_000L, unknowns).ToArray());
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (factors, value) in equations)
            {
                foreach (var (i, sign) in factors)
                {
                    // sign × x = value − the others
                    var (least, most) = (value, value);
                    foreach (var (other, s) in factors.Where(o => o.Key != i))
                        (least, most) = s > 0 ? (least - high[other], most - low[other]) : (least + low[other], most + high[other]);
                    var (from, to) = sign > 0 ? (least, most) : (-most, -least);
                    if (from > low[i])
                        (low[i], changed) = (from, true);
                    if (to < high[i])
                        (high[i], changed) = (to, true);
                }
            }
        }

        return [.. Enumerable.Range(0, unknowns).Where(i => low[i] == high[i])];
    }
}
