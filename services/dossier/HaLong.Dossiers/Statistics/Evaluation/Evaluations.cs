namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>Means over dossiers, each with one decimal.</summary>
internal sealed record MeanPoints(decimal Time, decimal AgencyTime, decimal Contacts, decimal Agencies, decimal Attitude)
{
    /// <summary>Of at most 10.</summary>
    public decimal Total => Time + AgencyTime + Contacts + Agencies + Attitude;
}

/// <summary>How far an officer did the duty.</summary>
/// <param name="Total">Of at most 10: indicators 1, 2, 3, 4 and 7.</param>
/// <param name="Duty">full (100 %), most (70 to below 100 %) or part (below 70 %).</param>
internal sealed record OfficerEvaluation(decimal Total, string Duty)
{
    public static OfficerEvaluation Of(MeanPoints means) => new(means.Total, means.Total >= 5 ? "full" : means.Total >= 3.5m ? "most" : "part");
}

/// <summary>How an agency is classed.</summary>
/// <param name="Total">Of at most 18: all nine indicators.</param>
/// <param name="Class">excellent, good, fair, average or weak.</param>
internal sealed record AgencyEvaluation(decimal Total, string Class)
{
    /// <param name="means">Of its dossiers.</param>
    /// <param name="oneStop">Indicator 5.</param>
    /// <param name="publicity">Indicator 6; article 14 lists it among the officer's too, which is an error of the text: it is the agency's.</param>
    /// <param name="feedback">Indicator 8.</param>
    /// <param name="online">Indicator 9.</param>
    public static AgencyEvaluation Of(MeanPoints means, int oneStop, int publicity, int feedback, int online)
    {
        var total = means.Total + oneStop + publicity + feedback + online;
        return new AgencyEvaluation(total, total switch { >= 15 => "excellent", >= 12 => "good", >= 9 => "fair", >= 6 => "average", _ => "weak" });
    }
}
