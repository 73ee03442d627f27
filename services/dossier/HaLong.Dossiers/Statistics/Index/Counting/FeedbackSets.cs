namespace HaLong.Dossiers.Statistics.Index.Counting;

/// <summary>
/// The counts of feedback and complaints, as SQL over <c>b</c> in periods <c>p</c>. Parameters: <c>@names</c>; <c>@begins</c> and <c>@ends</c>, the moments at
/// which each begins and is over; <c>@firsts</c> and <c>@lasts</c>, its days. An answer that is wrong in more than one way counts once, as the first that fits:
/// dissatisfied, repeated, late.
/// </summary>
internal static class FeedbackSets
{
    private const string Periods = "unnest(@names, @begins, @ends, @firsts, @lasts) AS p(name, begins, ends, first, last)";
    private const string Received = "b.received_at >= p.begins AND b.received_at < p.ends";
    private const string Answered = "coalesce(b.answered_at >= p.begins AND b.answered_at < p.ends, false)";

    public const string From = $" FROM {Periods} JOIN feedback b ON ({Received} OR b.answered_at >= p.begins AND b.answered_at < p.ends) WHERE true";

    private const string Dissatisfied = "coalesce(b.satisfied = false, false)";
    private const string Late = "coalesce(b.on_time = false, false)";

    public static readonly IReadOnlyDictionary<string, string> Counts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["feedback"] = Received,
        // What is open and in time is on time so far, as with dossiers.
        ["feedbackOnTime"] = $"{Received} AND NOT {Late}",
        ["answered"] = Answered,
        ["dissatisfied"] = $"{Answered} AND {Dissatisfied}",
        ["repeated"] = $"{Answered} AND NOT {Dissatisfied} AND b.repeated",
        ["lateAnswers"] = $"{Answered} AND NOT {Dissatisfied} AND NOT b.repeated AND {Late}",
    };

    public static readonly IReadOnlyDictionary<string, (string All, string Good)> Components = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["5.2"] = (Counts["feedback"], Counts["feedbackOnTime"]),
        ["5.3"] = (Answered, $"{Answered} AND NOT {Dissatisfied} AND NOT b.repeated AND NOT {Late}"),
    };

    private const string Bad = "f.rated_day BETWEEN p.first AND p.last AND f.rating <= 2";

    /// <summary>Justified complaints about anything but dossiers with a bad rating in the period.</summary>
    public const string Upheld = $"""
         FROM {Periods} JOIN feedback b ON {Received} AND b.upheld
         WHERE NOT EXISTS (SELECT 1 FROM statistics.fact f WHERE f.dossier_id = b.dossier_id AND {Bad})
        """;

    /// <summary>Complaints of indicator 5.4: dossiers rated with 1 or 2 stars in the period, and justified complaints about anything else.</summary>
    public const string Complaints = $"""
        (SELECT f.unit_code, f.dossier_id, f.dossier_id AS id, f.rated_day AS day, f.procedure_code, true AS rating
         FROM {Periods} JOIN statistics.fact f ON {Bad}
         UNION ALL
         SELECT b.unit_code, b.dossier_id, b.id, (b.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, b.procedure_code, false{Upheld})
        """;
}
