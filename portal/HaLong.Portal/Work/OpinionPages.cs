using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Work;

/// <summary>A question of another unit to the official's.</summary>
public sealed record AskedOpinion(Guid Id, Guid DossierId, string Code, string ProcedureName, string FromUnit, string Question, DateTimeOffset Deadline, bool Late);

/// <param name="Failed">The question whose answer was refused, with what was typed.</param>
public sealed record OpinionsModel(Answer<Listed<AskedOpinion>> Page, string Once, Guid? Failed, string? Typed, Trouble? Trouble);

/// <summary><c>/work/opinions</c>: what other units ask, the first deadline first, answered where it stands.</summary>
internal static class OpinionPages
{
    private const string Here = "/work/opinions";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/opinions", (string? after, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(after, null, null, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/opinions", AnswerAsync);
    }

    private static async Task<IResult> ShowAsync(string? after, Guid? failed, string? typed, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<AskedOpinion>>("inbox/opinions?limit=20" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), ct);
        return WorkPages.Otherwise(page.Status, context, Here)
            ?? Pages.Of<OpinionsPage>(new OpinionsModel(page, FormKey.New(), failed, typed, trouble ?? page.Trouble), trouble is null ? (int)page.Status : status);
    }

    private static async Task<IResult> AnswerAsync(
        [FromForm] Guid dossier, [FromForm] Guid opinion, [FromForm] string? answer, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var done = await api.PostAsync<object>($"dossiers/{dossier}/opinions/{opinion}/answer", new { answer }, $"{FormKey.Of(once)}-{opinion}", null, ct);
        return done switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, Here),
            { IsSuccess: true } => Pages.Go(Here),
            _ => await ShowAsync(null, opinion, answer, WorkPages.Led(done.Trouble, field => $"{field}-{opinion}"), (int)done.Status, api, context, ct),
        };
    }
}
