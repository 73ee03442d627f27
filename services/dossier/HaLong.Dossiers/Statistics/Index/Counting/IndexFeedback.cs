using HaLong.Dossiers.Statistics.Cubes;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>Reads the counts of feedback, and of complaints that are no ratings: ratings are in the cubes.</summary>
internal sealed class IndexFeedback(NpgsqlDataSource database)
{
    private static readonly string[] Names = [.. FeedbackSets.Counts.Keys];
    private static readonly string Counts = string.Join(", ", Names.Select(n => $"count(*) FILTER (WHERE {FeedbackSets.Counts[n]})"));

    public async Task ReadAsync(
        IReadOnlyCollection<string>? units, IReadOnlyList<IndexPeriod> periods, Dimension? by, Func<string, IndexParts> of, CancellationToken ct)
    {
        string Key(string table) => by switch { Dimension.Unit => $"{table}.unit_code", Dimension.Month => "p.name", _ => "''" };
        await using var command = database.CreateCommand($"""
            SELECT {Key("b")}, {Counts}{FeedbackSets.From}{IndexSource.Limit("b", units)} GROUP BY 1;
            SELECT {Key("b")}, count(*){FeedbackSets.Upheld}{IndexSource.Limit("b", units)} GROUP BY 1
            """);
        IndexSource.Bind(command, units, periods);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            for (var i = 0; i < Names.Length; i++)
                of(reader.GetString(0)).Add(Names[i], reader.GetInt64(i + 1));
        }

        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            of(reader.GetString(0)).Add("complaints", reader.GetInt64(1));
    }
}
