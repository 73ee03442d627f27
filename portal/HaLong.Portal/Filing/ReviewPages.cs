using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Find;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Filing;

/// <summary>What was filed.</summary>
public sealed record Filed(Guid Id, string? Code, string ProcedureName, string UnitName, DateTimeOffset? DueAt);

/// <summary><c>/filing/{id}/review</c>: all that was filled in, what it costs, and filing; <c>/filing/{id}/done</c>.</summary>
internal static class ReviewPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id:guid}/review", ShowAsync);
        group.MapPost("/{id:guid}/review", SubmitAsync);
        group.MapGet("/{id:guid}/done", DoneAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        return otherwise ?? await PageAsync(draft, null, 200, api, ct);
    }

    private static async Task<IResult> SubmitAsync(
        Guid id, [FromForm] string? version, [FromForm] string? confirm, [FromForm] string? reason, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (draft, otherwise) = await FilingPages.DraftAsync(api, id, context, ct);
        if (otherwise is not null)
            return otherwise;
        var body = confirm == "true" ? new { confirmDuplicate = true, duplicateReason = reason } : null;
        // A draft is filed once: its id is the key, however often the button is pressed.
        var filed = await api.PostAsync<Filed>($"dossiers/{id}/submission", body, $"file-{id}-{version}", version, ct);
        return filed switch
        {
            { IsSuccess: true } => Pages.Go($"/filing/{id}/done"),
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context),
            _ => await PageAsync(draft, filed.Trouble, (int)filed.Status, api, ct),
        };
    }

    private static async Task<IResult> DoneAsync(Guid id, ApiClient api, CancellationToken ct)
    {
        var filed = await api.GetAsync<Filed>($"dossiers/{id}", ct);
        return filed.Value is { Code: not null } done ? Pages.Of<Done>(done) : Pages.Go($"/filing/{id}/review");
    }

    private static async Task<IResult> PageAsync(Answer<Draft> draft, Trouble? trouble, int status, ApiClient api, CancellationToken ct)
    {
        var d = draft.Value!;
        var (form, notes) = await FormPages.FormAsync(d, api, ct);
        var procedure = await api.GetAsync<Procedure>("procedures/" + Uri.EscapeDataString(d.ProcedureCode), ct);
        var fees = await api.GetAsync<FeeQuote>($"dossiers/{d.Id}/fee-quote", ct);
        return Pages.Of<Review>(new ReviewModel(d, draft.Version, form, procedure.Value?.Components ?? [], fees.Value, notes, trouble), status);
    }
}
