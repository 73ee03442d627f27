using System.Text;
using HaLong.Dossiers.Statistics.Cubes;
using Npgsql;

namespace HaLong.Dossiers.Tests.Statistics;

/// <summary>Figures counted from the facts themselves, by <see cref="MeasureSql"/>: what the cubes must equal.</summary>
internal sealed class FactCounter(NpgsqlDataSource database)
{
    /// <summary>One row for each group that has anything to tell, in the order of the keys; one in all without groups.</summary>
    public async Task<IReadOnlyList<CubeRow>> ReadAsync(Slice slice, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Sql(slice));
        command.Parameters.AddWithValue("from", slice.From);
        command.Parameters.AddWithValue("to", slice.To);
        Limit(command, "units", slice.Units?.ToArray());
        foreach (var (name, value) in Limits(slice))
            Limit(command, name, value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<CubeRow>();
        while (await reader.ReadAsync(ct))
        {
            var keys = Enumerable.Range(0, slice.By.Count).Select(reader.GetString).ToList();
            rows.Add(new CubeRow(keys, new Figures([.. Figures.Measures.Select((_, i) => reader.GetInt64(slice.By.Count + i))])));
        }

        return rows;
    }

    private static (string, string?)[] Limits(Slice s) =>
        [("procedure_code", s.Procedure), ("field_code", s.Field), ("level", s.Level), ("source", s.Source), ("hand", s.Hand), ("helper_unit", s.HelperUnit)];

    private static void Limit(NpgsqlCommand command, string name, object? value)
    {
        if (value is not null)
            command.Parameters.AddWithValue(name, value);
    }

    private static string Sql(Slice slice)
    {
        var keys = slice.By.Select(Key).ToList();
        var sql = new StringBuilder("SELECT ");
        foreach (var key in keys)
            sql.Append(key).Append(", ");
        sql.AppendJoin(", ", Figures.Measures.Select(m => $"coalesce({MeasureSql.Of(m)}, 0)::bigint"));
        sql.Append(slice.By.Contains(Dimension.Month)
            ? """
               FROM statistics.fact f CROSS JOIN LATERAL (
                 SELECT to_char(m, 'YYYY-MM') AS month, greatest(m::date, @from) AS first, least((m + interval '1 month')::date - 1, @to) AS last
                 FROM generate_series(date_trunc('month', @from::timestamp), @to::timestamp, interval '1 month') m) p
              """
            : " FROM statistics.fact f CROSS JOIN (SELECT @from AS first, @to AS last) p");
        sql.Append(" WHERE f.received_day <= p.last");
        if (slice.Units is not null)
            sql.Append(" AND f.unit_code = ANY (@units)");
        foreach (var (name, value) in Limits(slice))
        {
            if (value is not null)
                sql.Append(" AND f.").Append(name).Append(" = @").Append(name);
        }

        if (keys.Count > 0)
            sql.Append(" GROUP BY ").AppendJoin(", ", keys).Append(" ORDER BY ").AppendJoin(", ", keys.Select(k => $"{k} COLLATE \"C\""));
        return sql.ToString();
    }

    private static string Key(Dimension dimension) => dimension switch
    {
        Dimension.Unit => "f.unit_code",
        Dimension.Version => "coalesce(f.unit_id, '')",
        Dimension.Level => "f.level",
        Dimension.Procedure => "f.procedure_code",
        Dimension.Field => "f.field_code",
        Dimension.Source => "f.source",
        Dimension.Hand => "f.hand",
        Dimension.HelperUnit => "coalesce(f.helper_unit, '')",
        Dimension.Month => "p.month",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
    };
}
