namespace HaLong.Dossiers.Statistics.OpenData;

/// <summary>
/// Which counts of a table must not be shown: those from 1 to 4, which tell of single persons, and as many more as it takes that none of the
/// hidden ones can be reckoned from a sum. Each row is a total and its parts.
/// </summary>
/// <remarks>
/// Rows and columns whose sums are known are the corners of a graph, hidden counts its edges. A hidden count follows from the others exactly when
/// its edge lies on no circle (a bridge); so bridges are closed to circles by hiding more.
/// </remarks>
internal static class SmallNumbers
{
    public const int Threshold = 5;

    public static bool IsSmall(long count) => count is > 0 and < Threshold;

    /// <param name="cells">Row by row: the total, then its parts.</param>
    /// <param name="columnsAddUp">The sum of each column is known as well.</param>
    public static bool[][] Hidden(IReadOnlyList<long[]> cells, bool columnsAddUp)
    {
        var hidden = cells.Select(row => row.Select(IsSmall).ToArray()).ToArray();
        while (Exposed(hidden, columnsAddUp) is { } exposed && Other(cells, hidden, exposed, columnsAddUp) is { } other)
            hidden[other.Row][other.Column] = true;
        return hidden;
    }

    /// <summary>A hidden count that follows from the others.</summary>
    internal static (int Row, int Column)? Exposed(bool[][] hidden, bool columnsAddUp)
    {
        foreach (var (row, cells) in hidden.Index())
        {
            for (var column = 0; column < cells.Length; column++)
            {
                if (cells[column] && !Reached(hidden, (row, column), columnsAddUp,
                    until: End(hidden, column, columnsAddUp)).Contains(End(hidden, column, columnsAddUp)))
                    return (row, column);
            }
        }

        return null;
    }

    // The cheapest count that closes a circle with the exposed one; where none does, one that leads on from it.
    private static (int Row, int Column)? Other(IReadOnlyList<long[]> cells, bool[][] hidden, (int Row, int Column) exposed, bool columnsAddUp)
    {
        var near = Reached(hidden, exposed, columnsAddUp);
        var far = Reached(hidden, exposed, columnsAddUp, fromColumn: true);
        return cells.SelectMany((row, r) => row.Select((count, c) => (Row: r, Column: c, Count: count)))
            .Where(cell => !hidden[cell.Row][cell.Column])
            .Select(cell => (cell.Row, cell.Column, cell.Count, Way: WayOf(cell.Row, End(hidden, cell.Column, columnsAddUp), near, far)))
            .Where(cell => cell.Way > 0)
            // Nobody wonders about a nought; a small number is the cheapest to lose.
            .OrderByDescending(cell => cell.Way).ThenBy(cell => cell.Count == 0).ThenBy(cell => cell.Count).ThenBy(cell => cell.Row).ThenBy(cell => cell.Column)
            .Select(cell => ((int, int)?)(cell.Row, cell.Column)).FirstOrDefault();
    }

    private static int WayOf(int row, int end, HashSet<int> near, HashSet<int> far) =>
        (near.Contains(row), near.Contains(end), far.Contains(row), far.Contains(end)) switch
        {
            (true, _, _, true) or (_, true, true, _) => 2,
            (false, false, false, false) => 0,
            _ => 1,
        };

    /// <summary>What hangs together with a row, or the column, of a hidden count without that count.</summary>
    private static HashSet<int> Reached(bool[][] hidden, (int Row, int Column) without, bool columnsAddUp, bool fromColumn = false, int until = -1)
    {
        var start = fromColumn ? End(hidden, without.Column, columnsAddUp) : without.Row;
        var (seen, open) = (new HashSet<int> { start }, new Stack<int>([start]));
        while (!seen.Contains(until) && open.TryPop(out var at))
        {
            foreach (var next in Next(hidden, at, without, columnsAddUp))
            {
                if (seen.Add(next))
                    open.Push(next);
            }
        }

        return seen;
    }

    private static IEnumerable<int> Next(bool[][] hidden, int at, (int Row, int Column) without, bool columnsAddUp) => at < hidden.Length
        ? Enumerable.Range(0, hidden[at].Length).Where(c => hidden[at][c] && (at, c) != without).Select(c => End(hidden, c, columnsAddUp))
        : Enumerable.Range(0, hidden.Length).Where(r => Enumerable.Range(0, hidden[r].Length).Any(c =>
            hidden[r][c] && (r, c) != without && End(hidden, c, columnsAddUp) == at));

    // Columns whose sums nobody knows bind nothing: they are all one corner.
    private static int End(bool[][] hidden, int column, bool columnsAddUp) => hidden.Length + (columnsAddUp ? column : 0);
}
