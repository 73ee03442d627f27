using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Units;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Waits;

/// <summary>Reads how long steps take, from the histogram: percentiles are the upper ends of their buckets (<see cref="WaitBuckets"/>).</summary>
internal sealed class WaitReader(NpgsqlDataSource database)
{
    /// <summary>One row for each kind of step that ended in the period.</summary>
    public async Task<IReadOnlyList<WaitRow>> ReadAsync(WaitSlice slice, CancellationToken ct) =>
        (await GroupsAsync(slice, null, ct)).ConvertAll(g => g.Wait);

    /// <summary>The same for each group, in the order of codes and steps.</summary>
    /// <param name="slice">With what is told apart.</param>
    /// <param name="groupOf">The group in which a code counts; null: each by itself.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<List<GroupWait>> GroupsAsync(WaitSlice slice, Func<string, string>? groupOf, CancellationToken ct)
    {
        // Who sees all there is reads the coarser cells.
        if (slice.Units is { } units && slice.By != Dimension.Unit && await AllUnits.AreAsync(database, units, ct))
            slice = slice with { Units = null };
        var groups = new Dictionary<(string Code, short Kind), WaitHistogram>();
        await using var command = Command(slice);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var code = reader.GetString(0);
            var key = (groupOf is null ? code : groupOf(code), reader.GetInt16(1));
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = new WaitHistogram());
            group.Add(reader.GetInt32(2), reader.GetInt64(3));
        }

        return [.. groups.OrderBy(g => g.Key.Code, StringComparer.Ordinal).ThenBy(g => g.Key.Kind)
            .Select(g => new GroupWait(g.Key.Code, g.Value.Row(g.Key.Kind)))];
    }

    // Whole months by the grain that fits, the days beside them by the only one that days have. Both one by one and not from–to: so the index goes on to
    // unit and procedure.
    private NpgsqlCommand Command(WaitSlice slice)
    {
        var period = new CubePeriod(slice.From, slice.To);
        var months = period.Months.Where(m => m >= period.Whole && m < period.LastMonth).ToArray();
        var last = period.LastMonth > slice.From ? period.LastMonth : slice.From;
        DateOnly[] days = [.. Days(slice.From, period.Before), .. Days(last, slice.To.AddDays(1))];
        (string Column, string Name, object? Value)[] limits =
        [
            ("unit_code", "@units", slice.Units?.ToArray()), ("procedure_code", "@procedure", slice.Procedure), ("kind", "@kind", slice.Kind),
        ];
        var where = string.Concat(limits.Where(l => l.Value is not null).Select(l => $" AND {l.Column} = {(l.Value is Array ? $"ANY ({l.Name})" : l.Name)}"));
        var code = slice.By switch { null => "''::text", Dimension.Unit => "unit_code", _ => "procedure_code" };
        var grain = WaitGrain.For(slice.Units is not null || slice.By == Dimension.Unit, slice.Procedure is not null || slice.By == Dimension.Procedure);
        var command = database.CreateCommand(FormattableString.Invariant($"""
            SELECT code, kind, bucket, sum(stays)::bigint FROM (
              SELECT {code} AS code, kind, bucket, stays FROM statistics.wait_cell WHERE grain = {grain.Number} AND month = ANY (@months){where}
              UNION ALL
              SELECT {code}, kind, bucket, stays FROM statistics.wait_day WHERE grain = {WaitGrain.Finest.Number} AND day = ANY (@days){where}) s
            GROUP BY code, kind, bucket
            """));
        command.Parameters.AddWithValue("months", months);
        command.Parameters.AddWithValue("days", days);
        foreach (var (_, name, value) in limits)
        {
            if (value is not null)
                command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly until) =>
        Enumerable.Range(0, Math.Max(0, until.DayNumber - from.DayNumber)).Select(from.AddDays);
}
