using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Index.Counting;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>Dossiers that have the same points.</summary>
/// <param name="Officer">Null where it is not asked.</param>
internal sealed record AlikeDossiers(Guid? Officer, DossierPoints Points, long Dossiers);

/// <summary>What is counted of an agency beside its dossiers.</summary>
/// <param name="LateOnline">Received online, and resolved late in the period or past their date at its end.</param>
/// <param name="Lingering">Feedback past its time without an answer.</param>
internal sealed record AgencyFigures(long Dossiers, long OnlineDossiers, long LateOnline, long Feedback, long FeedbackInTime, long Lingering);

/// <summary>
/// Reads what officers and agencies are evaluated by, of dossiers resolved in a period. Time is the legal clock by days. An opinion that was asked and came
/// late is time of another agency; no request to complete a dossier is the applicant's fault unless somebody says so, and nobody can yet; who filed
/// online had to go to no agency, everybody else to the one-stop unit: opinions are asked by the agency itself.
/// </summary>
internal sealed class EvaluationSource(NpgsqlDataSource database, CubeReader cubes)
{
    /// <summary>By their points alone: whose they were is not asked.</summary>
    public Task<IReadOnlyList<AlikeDossiers>> DossiersAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct) =>
        ReadAsync("NULL::uuid", "", units, null, period, ct);

    /// <summary>By officers who have them; of one, or of all.</summary>
    public Task<IReadOnlyList<AlikeDossiers>> OfficersAsync(IReadOnlyCollection<string>? units, Guid? officer, IndexPeriod period, CancellationToken ct) =>
        ReadAsync(
            "o.officer_id", $"JOIN dossier o ON o.id = f.dossier_id AND o.officer_id {(officer is null ? "IS NOT NULL" : "= @officer")}",
            units, officer, period, ct);

    // Facts, opinions and feedback are read from their indexes alone (ix_fact_points, …_late, …_upheld).
    private async Task<IReadOnlyList<AlikeDossiers>> ReadAsync(
        string whose, string officers, IReadOnlyCollection<string>? units, Guid? officer, IndexPeriod period, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            SELECT {whose}, f.legal, least(cardinality(f.supplement_days), 2), r.dossier_id IS NOT NULL, f.source = 'counter' OR f.hand = 'reception',
              b.dossier_id IS NOT NULL, count(*)
            FROM statistics.fact f {officers}
              LEFT JOIN (SELECT DISTINCT dossier_id FROM opinion_request WHERE late) r ON r.dossier_id = f.dossier_id
              LEFT JOIN (SELECT DISTINCT dossier_id FROM feedback WHERE upheld) b ON b.dossier_id = f.dossier_id
            WHERE f.resolved_day BETWEEN @from AND @to{IndexSource.Limit("f", units)}
            GROUP BY 1, 2, 3, 4, 5, 6
            """);
        IndexSource.Bind(command, units, period);
        if (officer is { } id)
            command.Parameters.AddWithValue("officer", id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<AlikeDossiers>();
        while (await reader.ReadAsync(ct))
        {
            var points = Of(reader.IsDBNull(1) ? Punctuality.OnTime : reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3), reader.GetBoolean(4),
                reader.GetBoolean(5));
            rows.Add(new AlikeDossiers(reader.IsDBNull(0) ? null : reader.GetGuid(0), points, reader.GetInt64(6)));
        }

        return rows;
    }

    public async Task<AgencyFigures> AgencyAsync(IReadOnlyCollection<string>? units, IndexPeriod period, CancellationToken ct)
    {
        var slice = new Slice(period.From, period.To) { Units = units, By = [Dimension.Source, Dimension.Hand] };
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

    /// <summary>The points of a dossier.</summary>
    internal static DossierPoints Of(string legal, int requests, bool lateOpinion, bool wentThere, bool upheld)
    {
        var time = legal switch { Punctuality.Early => 2, Punctuality.OnTime => 1, _ => 0 };
        return new DossierPoints(
            time, lateOpinion ? 0 : time, Indicators.Contacts(requests, applicantAtFault: false), Indicators.Agencies(wentThere ? 1 : 0),
            Indicators.Attitude(legal == Punctuality.Early, legal == Punctuality.OnTime, upheld));
    }
}
