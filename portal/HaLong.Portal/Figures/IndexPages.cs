using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary><c>/figures/index</c>: the index with its groups and indicators; every figure opens to what is behind it.</summary>
internal static class IndexPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/index", (string? unit, string? period, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct) =>
            ShowAsync(unit, period, Tried.Nothing, api, time, context, ct));
        group.MapGet("/index/behind", BehindAsync);
        group.MapPost("/index/closings", CloseAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? unit, string? period, Tried tried, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var index = api.GetAsync<Index766>(Query.Of("index766", ("unit", unit), ("period", period)), ct);
        var months = api.GetAsync<IReadOnlyList<IndexMonth>>(Query.Of("index766/history?months=12", ("unit", unit)), ct);
        var answer = await index;
        // A day without definitions is no page that is missing: the reason is said.
        if (answer.Status != System.Net.HttpStatusCode.NotFound && Otherwise.Of(answer, context, Query.Of("/figures/index", ("unit", unit), ("period", period))) is { } otherwise)
            return otherwise;
        var closings = answer.Value is { Closed: true } closed
            ? (await api.GetAsync<IReadOnlyList<MonthClosing>>(Query.Of("index766/closings", ("unit", unit), ("month", closed.Period)), ct)).Value : null;
        return Pages.Of<ShowIndex>(
            new IndexModel(await asking, answer, (await months).Value ?? [], closings ?? [], context.User.IsInRole(Roles.Administrator), time.GetUtcNow(), tried),
            tried.Trouble is null ? (int)answer.Status : tried.Status);
    }

    private static async Task<IResult> BehindAsync(
        string? unit, string? period, string? component, string? part, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var behind = await api.GetAsync<Behind>(
            Query.Of("index766/dossiers", ("unit", unit), ("period", period), ("component", component), ("part", part), ("after", after)), ct);
        // What opens to nothing is no page that is missing: the reason is said.
        if (behind.Status != System.Net.HttpStatusCode.NotFound && Otherwise.Of(behind, context) is { } otherwise)
            return otherwise;
        return Pages.Of<ShowBehind>(new BehindModel(await asking, component ?? "", part ?? "", behind), (int)behind.Status);
    }

    private static async Task<IResult> CloseAsync(IFormCollection form, ApiClient api, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var month = form.Text("month");
        var page = Query.Of("/figures/index", ("period", month));
        var closed = await api.PostAsync<MonthClosing>("index766/closings", new { month, reason = form.Text("reason") }, form.Once(), null, ct);
        if (closed.IsSuccess)
            return Pages.Go(page);
        return Otherwise.SignIn(closed, context, page) ?? await ShowAsync(null, month, Tried.Of(closed, form), api, time, context, ct);
    }
}
