using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>A table of cells: its key, and sums of which NULL stands for nothing, so that the many that are nothing take no room.</summary>
internal sealed class CellTable<TKey>(string name, IReadOnlyList<KeyColumn<TKey>> keys, IReadOnlyList<string> values)
    where TKey : struct
{
    private readonly string keyList = string.Join(", ", keys.Select(k => k.Name)), valueList = string.Join(", ", values);

    /// <summary>With the schema.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<string> Values => values;

    /// <summary>Adds sums to the cells, in the caller's transaction; cells in which nothing is left disappear.</summary>
    public async Task AddAsync(NpgsqlConnection open, Sums<TKey> sums, string suffix, CancellationToken ct)
    {
        var changed = sums.Changed.ToList();
        if (changed.Count == 0)
            return;
        var cells = changed.ConvertAll(c => c.Key);
        var set = string.Join(", ", values.Select(v => $"{v} = nullif(coalesce(c.{v}, 0) + coalesce(excluded.{v}, 0), 0)"));
        var columns = Enumerable.Range(1, keys.Count).Select(i => $"${i}").Concat(values.Select((_, i) => $"${keys.Count + i + 1}"));
        await using (var add = new NpgsqlCommand($"""
            INSERT INTO {Name}{suffix} AS c ({keyList}, {valueList}) SELECT * FROM unnest({string.Join(", ", columns)})
            ON CONFLICT ({keyList}) DO UPDATE SET {set}
            """, open))
        {
            AddKeys(add, cells);
            for (var i = 0; i < values.Count; i++)
                add.Parameters.Add(new() { Value = changed.Select(c => c.Value[i] == 0 ? (long?)null : c.Value[i]).ToArray() });
            await add.ExecuteNonQueryAsync(ct);
        }

        var same = string.Join(" AND ", keys.Select(k => $"c.{k.Name} = k.{k.Name}"));
        await using var clean = new NpgsqlCommand($"""
            DELETE FROM {Name}{suffix} c USING unnest({string.Join(", ", keys.Select((_, i) => $"${i + 1}"))}) AS k ({keyList})
            WHERE {same} AND num_nonnulls({Of("c")}) = 0
            """, open);
        AddKeys(clean, cells);
        await clean.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Copies sums into a table of the same shape without keys, where a cell may come several times.</summary>
    public void Copy(NpgsqlConnection open, Sums<TKey> sums, string suffix)
    {
        using var copy = open.BeginBinaryImport($"COPY {Name}{suffix} ({keyList}, {valueList}) FROM STDIN (FORMAT BINARY)");
        foreach (var (key, cell) in sums.Changed)
        {
            copy.StartRow();
            foreach (var column in keys)
                column.Write(copy, key);
            foreach (var value in cell)
            {
                if (value == 0)
                    copy.WriteNull();
                else
                    copy.Write(value);
            }
        }

        copy.Complete();
    }

    /// <summary>Sums up what was copied. In the order of the key, as it will be read; a table of hashes would not fit into memory.</summary>
    public string FillSql(string from, string to) => $"""
        INSERT INTO {Name}{to} ({keyList}, {valueList})
        SELECT {keyList}, {string.Join(", ", values.Select(v => $"nullif(sum({v}), 0)::bigint"))} FROM {Name}{from} GROUP BY {keyList}
        HAVING num_nonnulls({string.Join(", ", values.Select(v => $"nullif(sum({v}), 0)"))}) > 0
        ORDER BY {keyList}
        """;

    /// <summary>How many cells are not the same in both.</summary>
    public string DifferencesSql(string a, string b) =>
        $"SELECT count(*) FROM {Name}{a} a FULL JOIN {Name}{b} b USING ({keyList}) WHERE ({Of("a")}) IS DISTINCT FROM ({Of("b")})";

    private string Of(string alias) => string.Join(", ", values.Select(v => $"{alias}.{v}"));

    private void AddKeys(NpgsqlCommand command, List<TKey> cells)
    {
        foreach (var key in keys)
            command.Parameters.Add(new() { Value = key.Values(cells), DataTypeName = key.Type + "[]" });
    }
}
