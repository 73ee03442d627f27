using CsCheck;
using HaLong.Dossiers.Statistics.OpenData;

namespace HaLong.Dossiers.Tests.Statistics.OpenData;

/// <summary>What is hidden cannot be reckoned: checked with all the sums that anybody could know.</summary>
public sealed class SmallNumbersTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void One_to_four_are_small(long count, bool small) => Assert.Equal(small, SmallNumbers.IsSmall(count));

    [Fact]
    public void A_table_without_small_counts_is_shown_as_it_is() =>
        Assert.All(SmallNumbers.Hidden([[20, 10, 10], [30, 30, 0]], columnsAddUp: true), row => Assert.DoesNotContain(true, row));

    [Fact]
    public void In_a_row_the_cheapest_other_count_is_hidden_with_the_small_one() =>
        Assert.Equal([[false, true, true]], SmallNumbers.Hidden([[100, 97, 3]], columnsAddUp: false));

    [Fact]
    public void Where_columns_add_up_another_row_helps_to_hide()
    {
        var hidden = SmallNumbers.Hidden([[100, 97, 3], [50, 40, 10], [70, 50, 20]], columnsAddUp: true);
        Assert.True(hidden[0][2]);
        Assert.True(hidden.Sum(r => r.Count(h => h)) >= 4);
        Assert.Null(SmallNumbers.Exposed(hidden, columnsAddUp: true));
    }

    [Fact]
    public void Two_small_counts_that_hide_each_other_need_no_third() =>
        Assert.Equal(2, SmallNumbers.Hidden([[6, 3, 3], [20, 10, 10]], columnsAddUp: false).Sum(r => r.Count(h => h)));

    [Fact]
    public void An_empty_table_has_nothing_to_hide() => Assert.Empty(SmallNumbers.Hidden([], columnsAddUp: true));

    [Fact]
    public void No_hidden_count_follows_from_rows_and_columns_whatever_the_table() => Tables.Sample(
        cells =>
        {
            foreach (var columnsAddUp in new[] { cells.Length > 1, false })
            {
                var hidden = SmallNumbers.Hidden(cells, columnsAddUp);
                foreach (var (r, row) in cells.Index())
                {
                    foreach (var (c, count) in row.Index())
                    {
                        if (SmallNumbers.IsSmall(count) && !hidden[r][c])
                            return false;
                    }
                }

                if (Determined(hidden, columnsAddUp) > 0)
                    return false;
            }

            return true;
        },
        iter: 2000);

    [Fact]
    public void Three_hundred_rows_of_small_counts_take_no_time()
    {
        var random = new Random(5);
        var cells = Enumerable.Range(0, 300).Select(_ => Row(random.Next(12), random.Next(6))).ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var hidden = SmallNumbers.Hidden(cells, columnsAddUp: true);
        Assert.Null(SmallNumbers.Exposed([.. hidden], columnsAddUp: true));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    // Seldom small, so that counts stand alone and must be helped.
    private static readonly Gen<long[][]> Tables =
        Gen.Select(Gen.Frequency((2, Gen.Long[0, 6]), (3, Gen.Long[7, 60])), Gen.Frequency((2, Gen.Long[0, 6]), (3, Gen.Long[7, 60])), Row).Array[1, 7];

    private static long[] Row(long part, long rest) => [part + rest, part, rest];

    private static long[] Row(int part, int rest) => Row((long)part, rest);

    /// <summary>How many hidden counts have one value only: by elimination over total = part + rest in each row, and the known sum of each column.</summary>
    private static int Determined(bool[][] hidden, bool columnsAddUp)
    {
        var unknowns = hidden.SelectMany((row, r) => row.Select((h, c) => (r, c, h))).Where(x => x.h).Select((x, i) => (x.r, x.c, i)).ToList();
        var equations = new List<double[]>();
        for (var r = 0; r < hidden.Length; r++)
            equations.Add(Equation(u => u.r == r ? (u.c == 0 ? -1 : 1) : 0));
        for (var c = 0; columnsAddUp && c < 3; c++)
            equations.Add(Equation(u => u.c == c ? 1 : 0));
        var pivots = new List<(int Row, int Column)>();
        for (var (column, top) = (0, 0); column < unknowns.Count && top < equations.Count; column++)
        {
            var pivot = Enumerable.Range(top, equations.Count - top).FirstOrDefault(i => Math.Abs(equations[i][column]) > 1e-9, -1);
            if (pivot < 0)
                continue;
            (equations[top], equations[pivot]) = (equations[pivot], equations[top]);
            var lead = equations[top][column];
            equations[top] = [.. equations[top].Select(v => v / lead)];
            foreach (var other in Enumerable.Range(0, equations.Count).Where(i => i != top && Math.Abs(equations[i][column]) > 1e-9))
            {
                var factor = equations[other][column];
                equations[other] = [.. equations[other].Zip(equations[top], (a, b) => a - factor * b)];
            }

            pivots.Add((top++, column));
        }

        return pivots.Count(p => equations[p.Row].Where((v, i) => i != p.Column && Math.Abs(v) > 1e-9).Any() == false);

        double[] Equation(Func<(int r, int c, int i), int> factor) => [.. unknowns.Select(u => (double)factor(u))];
    }
}
