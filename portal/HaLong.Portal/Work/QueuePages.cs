using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Work;

/// <summary><c>/work</c>: a queue page by page, the search, the counts for a screen that stays open, and the way to the next dossier.</summary>
internal static class QueuePages
{
    private const int PageSize = 25, Farthest = 100, PersonalDigits = 12;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ShowAsync);
        group.MapGet("/counts", CountsAsync);
        group.MapGet("/next", NextAsync);
        group.MapGet("/search", () => TypedResults.LocalRedirect("/work"));
        group.MapPost("/search", SearchAsync);
    }

    private static async Task<IResult> ShowAsync([AsParameters] QueueQuery query, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (page, counts) = (PageAsync(query, PageSize, api, ct), api.GetAsync<QueueCounts>("inbox/counts", ct));
        var answer = await page;
        var model = new QueueModel(query, null, false, answer, (await counts).Value, FormKey.New());
        return WorkPages.Otherwise(answer.Status, context) ?? Pages.Of<QueuePage>(model, (int)answer.Status);
    }

    // What waits for a choice comes with the unit that was divided around each line.
    private static async Task<Answer<Listed<QueueLine>>> PageAsync(QueueQuery query, int limit, ApiClient api, CancellationToken ct)
    {
        if (Queues.Of(query.Queue) != Queues.Choices)
            return await api.GetAsync<Listed<QueueLine>>(query.Path(limit), ct);
        var choices = await api.GetAsync<Listed<UnitChoiceLine>>(query.Path(limit), ct);
        var lines = choices.Value is { } page ? new Listed<QueueLine>([.. page.Items.Select(c => c.Dossier)], page.After) : null;
        return new Answer<Listed<QueueLine>>(choices.Status, lines, choices.Trouble, choices.Version);
    }

    /// <summary>A POST that shows what it found: names and numbers do not belong into addresses.</summary>
    private static async Task<IResult> SearchAsync(
        [FromForm] string? text, [FromForm] string? open, [FromForm] string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var what = text?.Trim() ?? "";
        var isNumber = what.Length == PersonalDigits && what.All(char.IsAsciiDigit);
        var body = new
        {
            text = isNumber ? null : what,
            personalNumber = isNumber ? what : null,
            open = open == "true",
            after = string.IsNullOrEmpty(after) ? null : after,
            limit = PageSize,
        };
        var counts = api.GetAsync<QueueCounts>("inbox/counts", ct);
        var found = await api.SendAsync<Listed<QueueLine>>(HttpMethod.Post, "inbox/search", body, null, null, ct);
        var model = new QueueModel(new QueueQuery(), what, open == "true", found, (await counts).Value, FormKey.New());
        return WorkPages.Otherwise(found.Status, context, "/work") ?? Pages.Of<QueuePage>(model, (int)found.Status);
    }

    private static async Task<IResult> CountsAsync(ApiClient api, CancellationToken ct)
    {
        var counts = await api.GetAsync<QueueCounts>("inbox/counts", ct);
        return counts.Value is { } numbers ? TypedResults.Json(numbers) : TypedResults.StatusCode((int)counts.Status);
    }

    /// <summary>The dossier behind this one in its queue; the first when this one has left it.</summary>
    private static async Task<IResult> NextAsync(string? queue, Guid? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var query = new QueueQuery { Queue = queue };
        var page = await PageAsync(query, Farthest, api, ct);
        if (WorkPages.Otherwise(page.Status, context) is { } otherwise)
            return otherwise;
        var lines = page.Value?.Items ?? [];
        var next = lines.SkipWhile(l => l.Id != after).Skip(1).FirstOrDefault() ?? lines.FirstOrDefault(l => l.Id != after);
        return Pages.Go(QueryHelpers.AddQueryString(next is null ? "/work" : $"/work/{next.Id}", "queue", Queues.Of(queue)));
    }
}
