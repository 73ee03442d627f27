using System.Text.Json;
using HaLong.Dossiers.Catalogue.Checking;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>The steps of a draft before its publication: to review, back, approved, withdrawn.</summary>
internal sealed class MoveDraft(DraftDesk desk, Caller caller, TimeProvider time)
{
    /// <param name="Reason">Why.</param>
    internal sealed record Why(string? Reason);

    public static void Map(IEndpointRouteBuilder group)
    {
        Step(group.MapPost("/drafts/{id:guid}/review", (Guid id, MoveDraft handler, HttpContext http, CancellationToken ct) => handler.ReviewAsync(id, http, ct)),
            "Send a draft to review; refused with everything that is wrong with it", 400);
        Step(group.MapPost("/drafts/{id:guid}/return", (Guid id, Why? why, MoveDraft handler, HttpContext http, CancellationToken ct) => handler.ReturnAsync(id, why, http, ct)),
            "Give a draft back to its editors, with the reason", 400);
        Step(group.MapPost("/drafts/{id:guid}/approval", (Guid id, MoveDraft handler, HttpContext http, CancellationToken ct) => handler.ApproveAsync(id, http, ct)),
            "Approve a draft that somebody else wrote").RequireStrong();
        Step(group.MapPost("/drafts/{id:guid}/withdrawal", (Guid id, Why? why, MoveDraft handler, HttpContext http, CancellationToken ct) => handler.WithdrawAsync(id, why, http, ct)),
            "Give a draft up, with the reason", 400);
    }

    private static RouteHandlerBuilder Step(RouteHandlerBuilder endpoint, string summary, params int[] more) => endpoint
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary(summary)
        .Answers<DraftView>(200, [.. more, 403, 404, 409, 412, 422]);

    private Task<IResult> ReviewAsync(Guid id, HttpContext http, CancellationToken ct) => desk.StepAsync(id, "draft.submitted", http, draft =>
        DraftDesk.Defects(CatalogueErrors.InvalidContent, ProcedureRules.Check(JsonElement.Parse(draft.Content))) is { } error ? error : draft.Submit(time.Now()), ct);

    private Task<IResult> ReturnAsync(Guid id, Why? why, HttpContext http, CancellationToken ct) => desk.StepAsync(id, "draft.returned", http, draft =>
        DraftInput.Reason(why?.Reason) is { IsSuccess: true } reason ? draft.Return(reason.Value, time.Now()) : CatalogueErrors.ReasonMissing, ct);

    private Task<IResult> ApproveAsync(Guid id, HttpContext http, CancellationToken ct) =>
        desk.StepAsync(id, "draft.approved", http, draft => draft.Approve(caller.ActorId, time.Now()), ct);

    private Task<IResult> WithdrawAsync(Guid id, Why? why, HttpContext http, CancellationToken ct) => desk.StepAsync(id, "draft.withdrawn", http, draft =>
        DraftInput.Reason(why?.Reason) is { IsSuccess: true } reason ? draft.Withdraw(reason.Value, time.Now()) : CatalogueErrors.ReasonMissing, ct);
}
