using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Filing;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Rating;

/// <summary>A complaint or proposal as its author sees it.</summary>
/// <param name="State">received, awaitingSupplement, refused or answered.</param>
public sealed record Feedback(
    Guid Id, Guid? DossierId, string Kind, string Text, DateTimeOffset ReceivedAt, string State, string StateName, DateTimeOffset? DueAt, bool Late, string? SupplementQuestion,
    DateTimeOffset? SupplementUntil, string? Supplement, string? RefusalReason, string? Answer, DateTimeOffset? AnsweredAt, bool? Upheld, DateTimeOffset? PublishedAt,
    bool? Satisfied, string LegalBasis);

/// <summary>An answer that anybody may read.</summary>
public sealed record PublishedFeedback(Guid Id, string Kind, string Text, string Answer, DateOnly AnsweredOn);

/// <summary>What is being written.</summary>
/// <param name="Dossier">About this one; null for a unit.</param>
public sealed record FeedbackDraft(Guid? Dossier, string? Unit, string? Kind, string? Text, string Once, IReadOnlyList<UnitChoice> Units, Trouble? Trouble);

/// <summary>One with what could not be done.</summary>
public sealed record FeedbackModel(Feedback Feedback, string? Version, string? Typed, string Once, Trouble? Trouble);

/// <summary><c>/feedback</c>: phản ánh, kiến nghị. Own ones with their state, a new one, and the published answers for anyone.</summary>
internal static class FeedbackPages
{
    private const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/feedback/published", PublishedAsync).AllowAnonymous();
        var group = app.MapGroup("/feedback").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", ListAsync);
        group.MapGet("/new", (Guid? dossier, ApiClient api, CancellationToken ct) => AskAsync(new FeedbackDraft(dossier, null, null, null, FormKey.New(), [], null), 200, api, ct));
        group.MapPost("/new", SendAsync);
        group.MapGet("/{id:guid}", (Guid id, ApiClient api, HttpContext context, CancellationToken ct) => ShowAsync(id, null, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/{id:guid}/supplement", (Guid id, [FromForm] string? text, [FromForm] string? version, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct) =>
            StepAsync(id, "supplement", new { text }, text, version, once, api, context, ct));
        group.MapPost("/{id:guid}/opinion", (Guid id, [FromForm] string? satisfied, [FromForm] string? version, [FromForm] string? once, ApiClient api, HttpContext context, CancellationToken ct) =>
            StepAsync(id, "opinion", new { satisfied = satisfied is "true" or "false" ? satisfied == "true" : (bool?)null }, null, version, once, api, context, ct));
    }

    private static async Task<IResult> ListAsync(string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<Feedback>>(Query.Of("me/feedback", ("limit", $"{PageSize}"), ("after", after)), ct);
        return Instead.Of(page, context) ?? Pages.Of<MyFeedback>(page.Value);
    }

    private static async Task<IResult> PublishedAsync(string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var page = await api.GetAsync<Listed<PublishedFeedback>>(Query.Of("feedback/published", ("limit", $"{PageSize}"), ("after", after)), ct);
        return Instead.Of(page, context) ?? Pages.Of<Published>(page.Value);
    }

    private static async Task<IResult> AskAsync(FeedbackDraft draft, int status, ApiClient api, CancellationToken ct) =>
        Pages.Of<NewFeedback>(draft with { Units = draft.Dossier is null ? await FilingPages.UnitsAsync(api, ct) : [] }, status);

    private static async Task<IResult> SendAsync(
        [FromForm] string? kind, [FromForm] string? text, [FromForm] Guid? dossier, [FromForm] string? unit, [FromForm] string? once, ApiClient api, HttpContext context,
        CancellationToken ct)
    {
        var unitCode = string.IsNullOrWhiteSpace(unit) ? null : unit;
        var sent = await api.PostAsync<Feedback>("feedback", new { kind, text, dossierId = dossier, unitCode }, FormKey.Of(once), null, ct);
        return Otherwise.SignIn(sent, context, Query.Of("/feedback/new", ("dossier", dossier?.ToString())))
            ?? (sent.Value is { } done ? Pages.Go($"/feedback/{done.Id}")
                : await AskAsync(new FeedbackDraft(dossier, unit, kind, text, FormKey.New(), [], sent.Trouble), (int)sent.Status, api, ct));
    }

    private static async Task<IResult> ShowAsync(Guid id, string? typed, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var one = await api.GetAsync<Feedback>($"feedback/{id}", ct);
        return Instead.Of(one, context, $"/feedback/{id}") ?? Pages.Of<ShowFeedback>(new FeedbackModel(one.Value!, one.Version, typed, FormKey.New(), trouble), status);
    }

    private static async Task<IResult> StepAsync(
        Guid id, string step, object body, string? typed, string? version, string? once, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var done = await api.PostAsync<Feedback>($"feedback/{id}/{step}", body, FormKey.Of(once), version, ct);
        return Otherwise.SignIn(done, context, $"/feedback/{id}")
            ?? (done.IsSuccess ? Pages.Go($"/feedback/{id}") : await ShowAsync(id, typed, done.Trouble, (int)done.Status, api, context, ct));
    }
}
