namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>
/// Which cells of a public table are hidden, so that nobody is recognised by a small count. The table is a block of levels × fields × columns, each with
/// its total at the end; columns have totals of their own, see <see cref="SmallCells(int, IReadOnlyList{ColumnSums})"/>.
/// <para>
/// Counts of 1 to 4 are hidden. So that none of them follows from the others, a whole <em>move</em> is hidden with each: a set of cells of which some could
/// be
/// one more and the others one less with every total still right and no count below zero. As both the true table and the moved one agree with all that is
/// shown, no cell of a move can be computed, by whatever arithmetic. Of all moves the one is taken that hides the smallest counts.
/// </para>
/// </summary>
internal sealed class SmallCells
{
    /// <summary>Counts from here on are shown.</summary>
    public const int Shown = 5;

    private readonly int columns;
    private readonly (int Index, int Sign)[][] columnMoves;

    /// <param name="columns">How many columns there are.</param>
    /// <param name="sums">Which columns are the total of which others; one total may be split in several ways.</param>
    public SmallCells(int columns, IReadOnlyList<ColumnSums> sums)
    {
        this.columns = columns;
        columnMoves = [.. MovesOf(sums)];
    }

    /// <summary>True for each cell that is hidden.</summary>
    /// <param name="counts">By level, field and column; the last level and the last field are totals.</param>
    public bool[,,] Hidden(long[,,] counts)
    {
        var hidden = new bool[counts.GetLength(0), counts.GetLength(1), columns];
        for (var level = 0; level < counts.GetLength(0); level++)
        {
            for (var field = 0; field < counts.GetLength(1); field++)
            {
                for (var column = 0; column < columns; column++)
                {
                    // What is hidden already is part of a move.
                    if (counts[level, field, column] is > 0 and < Shown && !hidden[level, field, column])
                        Hide(counts, hidden, level, field, column);
                }
            }
        }

        return hidden;
    }

    private void Hide(long[,,] counts, bool[,,] hidden, int level, int field, int column)
    {
        var (best, least) = (new List<(int, int, int)>(), long.MaxValue);
        foreach (var a in LineMoves(level, counts.GetLength(0)))
        {
            foreach (var b in LineMoves(field, counts.GetLength(1)))
            {
                foreach (var c in columnMoves.Where(m => m.Any(s => s.Index == column)))
                {
                    if (Cost(counts, hidden, a, b, c, least) is not { } cost)
                        continue;
                    (best, least) = ([.. from x in a from y in b from z in c select (x.Index, y.Index, z.Index)], cost);
                }
            }
        }

        // There is always one: a cell, its totals and those of another column can all be one more and one less.
        foreach (var (x, y, z) in best)
            hidden[x, y, z] = true;
    }

    // How much would be hidden that is not yet; null when the move is impossible or no better than the least known.
    private static long? Cost(long[,,] counts, bool[,,] hidden, (int Index, int Sign)[] a, (int Index, int Sign)[] b, (int Index, int Sign)[] c, long least)
    {
        var (cost, forth, back) = (0L, true, true);
        foreach (var x in a)
        {
            foreach (var y in b)
            {
                foreach (var z in c)
                {
                    var count = counts[x.Index, y.Index, z.Index];
                    if (count == 0)
                    {
                        forth &= x.Sign * y.Sign * z.Sign > 0;
                        back &= x.Sign * y.Sign * z.Sign < 0;
                    }

                    if (!hidden[x.Index, y.Index, z.Index])
                        cost += count + 1;
                    if (cost >= least || (!forth && !back))
                        return null;
                }
            }
        }

        return cost;
    }

    // Along a line whose last cell is the total: one part more and another less, or a part and the total both more.
    private static IEnumerable<(int Index, int Sign)[]> LineMoves(int index, int length)
    {
        var total = length - 1;
        for (var other = 0; other < length; other++)
        {
            if (other != index)
                yield return [(index, 1), (other, index == total || other == total ? 1 : -1)];
        }
    }

    private static IEnumerable<(int Index, int Sign)[]> MovesOf(IReadOnlyList<ColumnSums> sums)
    {
        foreach (var parts in sums.Select(s => s.Parts))
        {
            for (var i = 0; i < parts.Count; i++)
            {
                for (var j = i + 1; j < parts.Count; j++)
                    yield return [(parts[i], 1), (parts[j], -1)];
            }
        }

        // With the total changes one part of each way to split it.
        foreach (var total in sums.GroupBy(s => s.Total))
        {
            IEnumerable<(int Index, int Sign)[]> moves = [[(total.Key, 1)]];
            foreach (var split in total)
                moves = [.. from move in moves from part in split.Parts select ((int, int)[])[.. move, (part, 1)]];
            foreach (var move in moves)
                yield return move;
        }
    }
}

/// <summary>A column that is the total of others.</summary>
internal sealed record ColumnSums(int Total, IReadOnlyList<int> Parts);
