using System.Globalization;
using HaLong.Dossiers.Statistics.Index;
using HaLong.Dossiers.Statistics.Index.Closing;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>Whose evaluation is asked, once it is known that the caller may.</summary>
internal sealed record EvaluationQuestion(string Unit, IReadOnlyList<string>? Units, IndexPeriod Period);

/// <summary>Looks at questions and evaluates.</summary>
internal sealed class EvaluationDesk(
    StatisticsSight sight, PointsReader points, EvaluationSource source, IndexSource index, IndexCounts counts, ProcedureFiguresReader procedures,
    TimeProvider time)
{
    private static readonly int[] NotKept = [5, 6];

    public async Task<Result<EvaluationQuestion>> AskAsync(string? unit, string? period, CancellationToken ct)
    {
        var parsed = Period(period);
        if (!parsed.IsSuccess)
            return parsed.Error;
        var seen = await sight.UnitsAsync(unit, ct);
        if (!seen.IsSuccess)
            return seen.Error;
        return new EvaluationQuestion(unit ?? (seen.Value is null ? IndexMonth.AllUnits : sight.OwnUnit), seen.Value, parsed.Value);
    }

    /// <summary>A quarter or a year; the present quarter without a name.</summary>
    public Result<IndexPeriod> Period(string? name)
    {
        var today = LocalTime.Date(time.GetUtcNow());
        if (string.IsNullOrEmpty(name))
            name = string.Create(CultureInfo.InvariantCulture, $"{today.Year:0000}-Q{((today.Month - 1) / 3) + 1}");
        var parsed = IndexPeriod.Parse(name, today);
        if (!parsed.IsSuccess)
            return parsed.Error.WithField("period", parsed.Error.Vi, parsed.Error.En);
        return parsed.Value.IsMonth ? IndexErrors.ShortPeriod.WithField("period", IndexErrors.ShortPeriod.Vi, IndexErrors.ShortPeriod.En) : parsed;
    }

    /// <summary>Every officer who had dossiers, in the order of accounts.</summary>
    public async Task<IReadOnlyList<OfficerView>> OfficersAsync(EvaluationQuestion question, CancellationToken ct) =>
        [.. (await points.OfficersAsync(question.Units, null, question.Period, ct)).OrderBy(o => o.Key).Select(o => OfficerView.Of(o.Key, o.Value))];

    /// <summary>One officer, in whatever units he worked.</summary>
    public async Task<OfficerView> OfficerAsync(Guid officer, IndexPeriod period, CancellationToken ct) =>
        OfficerView.Of(officer, (await points.OfficersAsync(null, officer, period, ct)).GetValueOrDefault(officer) ?? new PointSums());

    /// <summary>
    /// The agency. What is done at the one-stop unit (5) and whether procedures hang on its wall (6) nobody keeps: they are unknown, and the class is told only
    /// where they do not matter.
    /// </summary>
    public async Task<AgencyView> AgencyAsync(EvaluationQuestion question, CancellationToken ct)
    {
        var sums = await points.TogetherAsync(question.Units, question.Period, ct);
        var figures = await source.AgencyAsync(question.Units, question.Period, ct);
        var (feedback, online) = (Feedback(figures), await OnlineAsync(question, figures, ct));
        var means = sums.Means;
        IReadOnlyList<IndicatorView> indicators =
        [
            .. OfficerView.OfMeans(means), .. NotKept.Select(n => IndicatorView.Of(n, null)), IndicatorView.Of(8, feedback), IndicatorView.Of(9, online),
        ];
        int[] unknown = online is null ? [.. NotKept, 9] : NotKept;
        var (lowest, highest) = means is null ? (null, null) : (AgencyEvaluation.Of(means, 0, 0, feedback, online ?? 0),
            AgencyEvaluation.Of(means, 2, 2, feedback, online ?? 2));
        return new AgencyView(
            question.Unit, question.Period.Name, question.Period.From, question.Period.To, question.Period.IsLive, sums.Dossiers,
            [.. indicators.OrderBy(i => i.Number)], lowest?.Total, 2 * (9 - unknown.Length), unknown,
            lowest?.Class == highest?.Class ? lowest?.Class : null, lowest?.Class, highest?.Class);
    }

    private static int Feedback(AgencyFigures f) => Indicators.Feedback((int)f.Feedback, (int)f.FeedbackInTime, f.Lingering > 0);

    // Not known for a unit whose level, and so whose procedures, nobody knows.
    private async Task<int?> OnlineAsync(EvaluationQuestion question, AgencyFigures figures, CancellationToken ct)
    {
        var parts = await index.TogetherAsync(question.Units, question.Period, ct);
        var all = IndexCounts.Of(parts, await counts.LevelsAsync(question.Units, parts, ct), await procedures.ReadAsync(question.Period, ct), question.Period);
        return all.TryGetValue("procedures", out var number) && number > 0
            ? Indicators.Online((int)number, (int)all["onlineServices"], (int)figures.Dossiers, (int)figures.OnlineDossiers, (int)figures.LateOnline)
            : null;
    }
}
