using HaLong.Dossiers.Statistics.Index.Counting;
using Npgsql;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>The counts of dossiers counted from the facts themselves, by <see cref="IndexSets"/>: what is read from the cubes must be the same.</summary>
internal sealed class IndexFactCounter(NpgsqlDataSource database)
{
    private static readonly string[] Names = [.. IndexSets.Counts.Keys];

    /// <summary>By unit.</summary>
    public async Task<Dictionary<string, IndexParts>> ReadAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct)
    {
        string[] sets = ["p.received AND f.in_ledger OR p.resolved AND f.in_ledger", .. Names.Select(n => IndexSets.Counts[n])];
        await using var command = database.CreateCommand($"""
            SELECT f.unit_code, f.procedure_code, f.level, count(*), {string.Join(", ", sets.Select(s => $"count(*) FILTER (WHERE {s})"))},
              bool_or({IndexSets.WithOnlineDossier}), bool_or({IndexSets.WithPayment}), bool_or({IndexSets.WithPopulationData})
            {IndexSets.From}{IndexSource.Limit("f", units)} GROUP BY 1, 2, 3
            """);
        IndexSource.Bind(command, units, period);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var parts = new Dictionary<string, IndexParts>();
        while (await reader.ReadAsync(ct))
        {
            if (!parts.TryGetValue(reader.GetString(0), out var part))
                parts.Add(reader.GetString(0), part = new IndexParts());
            part.Levels.Add(reader.GetString(2));
            part.Add(IndexParts.Seen, reader.GetInt64(3));
            part.Add(IndexParts.InLedger, reader.GetInt64(4));
            for (var i = 0; i < Names.Length; i++)
                part.Add(Names[i], reader.GetInt64(i + 5));
            foreach (var (set, i) in new[] { part.WithOnlineDossier, part.WithPayment, part.WithPopulationData }.Select((s, i) => (s, i)))
            {
                if (reader.GetBoolean(Names.Length + 5 + i))
                    set.Add(reader.GetString(1));
            }
        }

        return parts;
    }

    /// <summary>How many facts are in a set.</summary>
    public async Task<long> CountAsync(IReadOnlyCollection<string>? units, IndexPeriod period, string condition, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"SELECT count(*) {IndexSets.From}{IndexSource.Limit("f", units)} AND {condition}");
        IndexSource.Bind(command, units, period);
        return (long)(await command.ExecuteScalarAsync(ct))!; // a count is always there
    }
}
