using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Units;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>What is counted of an agency beside its dossiers.</summary>
/// <param name="LateOnline">Received online, and resolved late in the period or past their date at its end.</param>
/// <param name="Lingering">Feedback past its time without an answer.</param>
internal sealed record AgencyFigures(long Dossiers, long OnlineDossiers, long LateOnline, long Feedback, long FeedbackInTime, long Lingering);

/// <summary>Reads what an agency is evaluated by beside its dossiers: from the cubes, and from feedback.</summary>
internal sealed class EvaluationSource(NpgsqlDataSource database, CubeReader cubes)
{
    public async Task<AgencyFigures> AgencyAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct)
    {
        // The units of a province are all there are: without the limit a coarser grain answers.
        var only = units is null || await AllUnits.AreAsync(database, units, ct) ? null : units;
        var slice = new Slice(period.From, period.To) { Units = only, By = [Dimension.Source, Dimension.Hand] };
        var (received, online, late) = (0L, 0L, 0L);
        foreach (var row in await cubes.ReadAsync(slice, ct))
        {
            received += row.Figures[Measure.Received];
            online += row.Figures[Measure.ReceivedOnline];
            if (IntakeSource.IsOnline(row.Keys[0], row.Keys[1]))
                late += row.Figures[Measure.Late] + row.Figures[Measure.StockOverdue];
        }

        await using var command = database.CreateCommand($"""
            SELECT count(*) FILTER (WHERE {FeedbackSets.Counts["feedback"]}), count(*) FILTER (WHERE {FeedbackSets.Counts["feedbackOnTime"]}),
              count(*) FILTER (WHERE {FeedbackSets.Counts["feedback"]} AND b.on_time = false AND b.answered_at IS NULL AND b.refused_at IS NULL)
            {FeedbackSets.From}{IndexSource.Limit("b", units)}
            """);
        IndexSource.Bind(command, units, period);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new AgencyFigures(received, online, late, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
