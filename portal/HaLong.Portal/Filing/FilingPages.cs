using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Find;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Filing;

/// <summary>Where a filing begins.</summary>
/// <param name="Once">Sent twice, the form opens one draft.</param>
public sealed record StartModel(string Code, string Name, IReadOnlyList<UnitChoice> Units, string Once, string? Chosen, Trouble? Trouble);

/// <summary>Filing step by step: where, the form page by page, papers, review, filed. Each page works without scripts, and each step is saved.</summary>
internal static class FilingPages
{
    private const int LongestSubject = 500;

    public static void MapFiling(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/filing").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("/new/{code}", StartAsync);
        group.MapPost("/new/{code}", OpenAsync);
        FormPages.Map(group);
        PaperPages.Map(group);
        UploadPages.Map(group);
        ReviewPages.Map(group);
        SignaturePages.Map(group);
    }

    /// <summary>A draft of the visitor; otherwise the page that says why not.</summary>
    public static async Task<(Answer<Draft> Draft, IResult? Otherwise)> DraftAsync(ApiClient api, Guid id, HttpContext context, CancellationToken ct)
    {
        var draft = await api.GetAsync<Draft>($"dossiers/{id}", ct);
        return (draft, draft switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context),
            { Status: HttpStatusCode.NotFound } => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
            { Value: null } => Pages.Of<NotNow>(draft.Trouble, (int)draft.Status),
            // Filed in another tab: there it is.
            { Value.IsOpen: false } => TypedResults.LocalRedirect($"/dossiers/{id}"),
            _ => null,
        });
    }

    private static Task<IResult> StartAsync(string code, ApiClient api, CancellationToken ct) =>
        AskAsync(code, api, FormKey.New(), null, null, StatusCodes.Status200OK, ct);

    private static async Task<IResult> AskAsync(string code, ApiClient api, string once, string? chosen, Trouble? trouble, int status, CancellationToken ct)
    {
        var procedure = await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(code), ct);
        if (procedure.Status == HttpStatusCode.NotFound)
            return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
        var units = await UnitsAsync(api, ct);
        return Pages.Of<Start>(new StartModel(code, procedure.Value?.Name ?? code, units, once, chosen, trouble ?? procedure.Trouble), status);
    }

    private static async Task<IResult> OpenAsync(
        string code, [FromForm] string? place, [FromForm] string? subject, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        once = FormKey.Of(once);
        // A dossier has a subject; without words of the applicant it is what the procedure is called.
        subject = string.IsNullOrWhiteSpace(subject) ? await NameAsync(code, api, ct) : subject;
        var opened = await api.PostAsync<Draft>("dossiers", new { procedureCode = code, place = new { unitCode = place }, subject }, once, null, ct);
        return opened switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context),
            { Value: { } draft } => Pages.Go($"/filing/{draft.Id}/form"),
            _ => await AskAsync(code, api, once, place, opened.Trouble, (int)opened.Status, ct),
        };
    }

    private static async Task<string> NameAsync(string code, ApiClient api, CancellationToken ct)
    {
        var name = (await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(code), ct)).Value is { } found ? found.NameVi ?? found.Name : code;
        return name[..Math.Min(name.Length, LongestSubject)];
    }

    public static async Task<IReadOnlyList<UnitChoice>> UnitsAsync(ApiClient api, CancellationToken ct)
    {
        var units = new List<UnitChoice>();
        string? after = null;
        do
        {
            var page = await api.GetAsync<Listed<UnitChoice>>($"units?level=commune&limit=100{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}", ct);
            units.AddRange(page.Value?.Items ?? []);
            after = page.Value?.After;
        }
        while (after is not null);
        return units;
    }
}
