using System.Globalization;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Figures;

/// <summary>What changed counts would make of the index.</summary>
public sealed record WhatIf(IndexTotal Score, IndexTotal? Changed, decimal? Gain, IReadOnlyList<Chance> Chances);

public sealed record IndexTotal(decimal Total, decimal ApplicableMax, decimal? TotalOfApplicablePercent, string Rating, IReadOnlyList<IndicatorScore> Components);

/// <summary>The counts as they are, what was tried, and what it would bring.</summary>
public sealed record WhatIfModel(Asked Asked, Answer<Index766> Index, WhatIf? Outcome, Tried Tried);

/// <summary><c>/figures/index/what-if</c>: counts are changed to see what would follow; nothing is stored.</summary>
internal static class WhatIfPages
{
    private const string Prefix = "changes.";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/index/what-if", (string? unit, string? period, ApiClient api, HttpContext context, CancellationToken ct) =>
            ShowAsync(unit, period, null, Tried.Nothing, api, context, ct));
        group.MapPost("/index/what-if", AskAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? unit, string? period, WhatIf? outcome, Tried tried, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var asking = Asked.ReadAsync(unit, period, api, context, ct);
        var index = await api.GetAsync<Index766>(Query.Of("index766", ("unit", unit), ("period", period)), ct);
        return Otherwise.Of(index, context, Query.Of("/figures/index/what-if", ("unit", unit), ("period", period)))
            ?? Pages.Of<ShowWhatIf>(new WhatIfModel(await asking, index, outcome, tried), tried.Trouble is null ? (int)index.Status : tried.Status);
    }

    private static async Task<IResult> AskAsync(string? unit, string? period, IFormCollection form, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (changes, wrong) = (new Dictionary<string, decimal>(StringComparer.Ordinal), (string?)null);
        foreach (var name in form.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal) && form.Text(k) is not null))
        {
            if (decimal.TryParse(form.Text(name)!.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                changes[name[Prefix.Length..]] = value;
            else
                wrong ??= name;
        }

        if (wrong is not null || changes.Count == 0)
            return await ShowAsync(unit, period, null, Tried.Of(form, wrong ?? "counts", Text.Bilingual("Hãy nhập ít nhất một số mới.", "Enter at least one new number.")), api, context, ct);
        var answer = await api.SendAsync<WhatIf>(HttpMethod.Post, "index766/what-if", new { unit, period, changes }, null, null, ct);
        return Otherwise.SignIn(answer, context, Query.Of("/figures/index/what-if", ("unit", unit), ("period", period)))
            ?? await ShowAsync(unit, period, answer.Value, Tried.Of(AtFields(answer, form), form), api, context, ct);
    }

    /// <summary>The API names counts, the form has fields for what they would be.</summary>
    private static Answer<WhatIf> AtFields(Answer<WhatIf> answer, IFormCollection form) => answer.Trouble is { Errors: { } errors } trouble
        ? answer with { Trouble = trouble with { Errors = errors.ToDictionary(e => form.ContainsKey(Prefix + e.Key) ? Prefix + e.Key : e.Key, e => e.Value, StringComparer.Ordinal) } }
        : answer;
}
