using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>One indicator of an evaluation, of at most 2 points; null: not known.</summary>
public sealed record EvaluationIndicator(int Number, string NameVi, string NameEn, decimal? Points)
{
    public string Name => Text.Bilingual(NameVi, NameEn);
}

/// <summary>How an agency did.</summary>
/// <param name="OfAtMost">What the known indicators can give.</param>
/// <param name="Class">Null where what is not known decides.</param>
public sealed record AgencyEvaluation(
    string Unit, string Period, DateOnly From, DateOnly To, bool Live, long Dossiers, IReadOnlyList<EvaluationIndicator> Indicators, decimal? Total, int OfAtMost,
    IReadOnlyList<int> Unknown, string? Class, string? LowestClass, string? HighestClass);

/// <summary>How an officer did, of at most 10 points.</summary>
public sealed record OfficerEvaluation(string Officer, long Dossiers, IReadOnlyList<EvaluationIndicator> Indicators, decimal? Total, string? Duty, string? DutyVi)
{
    public string DutyName => Text.Bilingual(DutyVi ?? "–", Duty switch
    {
        "full" => "All duties done",
        "most" => "70 % to less than 100 % done",
        "part" => "Less than 70 % done",
        _ => "–",
    });
}

public sealed record OwnEvaluation(string Period, DateOnly From, DateOnly To, bool Live, OfficerEvaluation Result);

public sealed record EvaluationModel(Asked Asked, Answer<AgencyEvaluation> Agency, Answer<Listed<OfficerEvaluation>> Officers);

public sealed record OwnModel(Asked Asked, Answer<OwnEvaluation> Own);

/// <summary><c>/figures/evaluation</c>: agencies and officers by Circular 01/2018; an official's own result.</summary>
internal static class EvaluationPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/evaluation", ShowAsync);
        group.MapGet("/evaluation/me", OwnAsync);
    }

    private static async Task<IResult> ShowAsync(string? unit, string? period, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        // A month has no evaluation: who comes from a page of a month sees the present quarter.
        var wanted = period is { Length: 7 } && period[5] != 'Q' ? null : period;
        var asking = Asked.ReadAsync(unit, wanted, api, context, ct);
        var officers = api.GetAsync<Listed<OfficerEvaluation>>(Query.Of("evaluations/officers", ("unit", unit), ("period", wanted), ("after", after)), ct);
        var agency = await api.GetAsync<AgencyEvaluation>(Query.Of("evaluations/agency", ("unit", unit), ("period", wanted)), ct);
        // Every official has a result of his own, also who may not see those of others.
        if (agency.Status == HttpStatusCode.Forbidden && unit is null)
            return Pages.Go("/figures/evaluation/me");
        return Otherwise.Of(agency, context) ?? Pages.Of<ShowEvaluation>(new EvaluationModel(await asking, agency, await officers), (int)agency.Status);
    }

    private static async Task<IResult> OwnAsync(string? period, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(null, period, api, context, ct);
        var own = await api.GetAsync<OwnEvaluation>(Query.Of("evaluations/me", ("period", period)), ct);
        return Otherwise.Of(own, context) ?? Pages.Of<ShowOwnEvaluation>(new OwnModel(await asking, own), (int)own.Status);
    }

    public static string Class(string? word) => word switch
    {
        "excellent" => Text.Bilingual("Xuất sắc", "Excellent"),
        "good" => Text.Bilingual("Tốt", "Good"),
        "fair" => Text.Bilingual("Khá", "Fair"),
        "average" => Text.Bilingual("Trung bình", "Average"),
        "weak" => Text.Bilingual("Yếu", "Weak"),
        _ => "–",
    };

    public static Chart Chart(IReadOnlyList<EvaluationIndicator> indicators) => new(
        "indicators", Text.Bilingual("Điểm theo chỉ số (tối đa 2)", "Points by indicator (2 at most)"), Text.Bilingual("Chỉ số", "Indicator"), [.. indicators.Select(i => $"{i.Number}. {i.Name}")],
        [new(Text.Bilingual("Phần điểm đạt được (%)", "Share of the points (%)"), [.. indicators.Select(i => i.Points * 50)])], Percent: true)
    {
        Said = [.. indicators.Select(i => i.Points is { } p ? $"{Numbers.Of(p)} / 2" : Text.Bilingual("chưa biết", "not known"))],
    };
}
