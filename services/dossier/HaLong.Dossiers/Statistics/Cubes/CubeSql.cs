using System.Text;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>
/// The question to the cubes. It answers changes, not stocks: rows of keys, slot, how many were received in all, and the measures; the slot is the month,
/// or the month before the first for all that was earlier.
/// </summary>
internal static class CubeSql
{
    private static readonly string AllSums = Sums(_ => true), Stocks = Sums(m => m >= Measure.StockNew), Flows = Sums(m => m < Measure.StockNew);
    private static readonly string FlowsInPeriod = Sums(_ => true, m => m < Measure.StockNew ? " FILTER (WHERE c.day >= @from)" : "");

    public static string Of(Slice slice, CubePeriod period, CubeGrain grain)
    {
        var keys = slice.By.Where(d => d != Dimension.Month).Select(d => "c." + Column(d)).ToList();
        var byMonth = slice.By.Contains(Dimension.Month);
        var where = Where(slice, grain);
        var parts = new List<string>
        {
            // All that was before: only stocks are left of it.
            Part("cube_month", "c.month < @before", "greatest(c.month, @earlier)", "sum(c.received)", Stocks),
        };
        if (period.Whole < period.LastMonth)
            parts.Add(Part("cube_month", "c.month >= @whole AND c.month < @last", "c.month", "sum(c.received)", AllSums));
        if (period.From < period.Before)
            parts.Add(Part("cube_day", "c.day >= @from AND c.day < @before", "date_trunc('month', c.day)::date", "NULL", Flows));
        if (period.LastMonth <= period.To)
            parts.Add(Part("cube_day", "c.day >= @last AND c.day <= @to", "@last", "sum(c.received)", FlowsInPeriod));
        return string.Join(" UNION ALL ", parts);

        string Part(string table, string days, string slot, string known, string sums)
        {
            var sql = new StringBuilder("SELECT ");
            foreach (var key in keys)
                sql.Append(key).Append(", ");
            sql.Append(byMonth ? slot : "@earlier").Append("::date AS slot, ").Append(known).Append("::bigint, ").Append(sums);
            sql.Append(" FROM statistics.").Append(table).Append(" c WHERE ").Append(days).Append(where);
            List<string> groups = byMonth && slot[0] != '@' ? [.. keys, slot] : keys;
            if (groups.Count > 0)
                sql.Append(" GROUP BY ").AppendJoin(", ", groups);
            return sql.ToString();
        }
    }

    /// <summary>The columns by which it is limited, with the limits; a unit of a helper that is empty fits nobody.</summary>
    public static IEnumerable<(string Column, object Value)> Limits(Slice s)
    {
        (string, object?)[] limits =
        [
            ("unit_code", s.Units?.ToArray()), ("procedure_code", s.Procedure), ("field_code", s.Field), ("level", s.Level), ("source", s.Source),
            ("hand", s.Hand), ("helper_unit", s.HelperUnit),
        ];
        return limits.Where(l => l.Item2 is not null).Select(l => (l.Item1, l.Item2!)); // those that are null are left out
    }

    public static string Column(Dimension dimension) => dimension switch
    {
        Dimension.Unit => "unit_code",
        Dimension.Version => "unit_id",
        Dimension.Level => "level",
        Dimension.Procedure => "procedure_code",
        Dimension.Field => "field_code",
        Dimension.Source => "source",
        Dimension.Hand => "hand",
        Dimension.HelperUnit => "helper_unit",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
    };

    private static string Where(Slice slice, CubeGrain grain)
    {
        // The number is written out: it decides how many rows there are, and the planner should know.
        var sql = new StringBuilder().Append(FormattableString.Invariant($" AND c.grain = {grain.Number}"));
        foreach (var (column, _) in Limits(slice))
            sql.Append(column == "unit_code" ? $" AND c.{column} = ANY (@{column})" : $" AND c.{column} = nullif(@{column}, '')");
        return sql.ToString();
    }

    private static string Sums(Func<Measure, bool> counts, Func<Measure, string>? filter = null) => string.Join(
        ", ", Figures.Measures.Select(m => counts(m) ? $"coalesce(sum(c.{MeasureColumns.Of(m)}){filter?.Invoke(m)}, 0)::bigint" : "0::bigint"));
}
