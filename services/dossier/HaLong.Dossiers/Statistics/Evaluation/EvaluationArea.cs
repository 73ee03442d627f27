using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Index.Counting;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Evaluation;

/// <summary>How agencies and officers did: Circular 01/2018/TT-VPCP, articles 13 to 15.</summary>
internal static class EvaluationArea
{
    /// <summary>An officer's result in a period.</summary>
    internal sealed record OwnView(string Period, DateOnly From, DateOnly To, bool Live, OfficerView Result);

    public static void AddEvaluations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EvaluationSource>().AddSingleton<PointsReader>().AddScoped<EvaluationDesk>();
    }

    public static void MapEvaluations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/evaluations").WithTags("Evaluations").RequireAuthorization(Policies.Staff);
        group.MapGet("/agency", AgencyAsync)
            .RequireAuthorization(Policies.Staff)
            .WithSummary("How an agency, with all below it, did in a quarter or year: nine indicators of 0 to 2 points")
            .WithDescription("Leaders, chiefs and approvers see their own unit and those below; auditors and administrators all. "
                + "What nobody keeps is unknown, not zero.")
            .Answers<AgencyView>(200, 400, 403);
        group.MapGet("/officers", OfficersAsync)
            .RequireAuthorization(Policies.Staff)
            .WithSummary("How the officers of a unit, and of those below it, did in a quarter or year: five indicators, at most 10 points")
            .WithDescription("Rights as for the agency. In the order of accounts; officers without resolved dossiers are not listed.")
            .Answers<Page<OfficerView>>(200, 400, 403);
        group.MapGet("/me", OwnAsync)
            .RequireAuthorization(Policies.Staff)
            .WithSummary("The caller's own result in a quarter or year")
            .Answers<OwnView>(200, 400, 403);
    }

    private static async Task<IResult> AgencyAsync(string? unit, string? period, EvaluationDesk desk, CancellationToken ct)
    {
        var asked = await desk.AskAsync(unit, period, ct);
        return asked.IsSuccess ? TypedResults.Ok(await desk.AgencyAsync(asked.Value, ct)) : asked.Error.ToProblem();
    }

    private static async Task<IResult> OfficersAsync(string? unit, string? period, string? after, int? limit, EvaluationDesk desk, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess || !cursor.IsSuccess)
            return (size.IsSuccess ? cursor.Error : size.Error).ToProblem();
        var asked = await desk.AskAsync(unit, period, ct);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        var officers = (await desk.OfficersAsync(asked.Value, ct)).Where(o => cursor.Value is not { } last || o.Officer.CompareTo(last) > 0).ToList();
        return TypedResults.Ok(Page.Of(officers, size.Value, o => [o.Officer.ToString()]));
    }

    private static async Task<IResult> OwnAsync(string? period, EvaluationDesk desk, Caller caller, CancellationToken ct)
    {
        var parsed = desk.Period(period);
        if (!parsed.IsSuccess)
            return parsed.Error.ToProblem();
        IndexPeriod p = parsed.Value;
        return TypedResults.Ok(new OwnView(p.Name, p.From, p.To, p.IsLive, await desk.OfficerAsync(caller.AccountId, p, ct)));
    }
}
