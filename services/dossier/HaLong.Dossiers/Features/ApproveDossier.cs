using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>An approver decides; the result is then written and signed in the background.</summary>
internal sealed class ApproveDossier(DossierDesk desk, TimeProvider time)
{
    private const int MaxDecision = 4000;

    /// <param name="Decision">What was decided; printed in the result.</param>
    internal sealed record Request(string? Decision);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/approval",
            (Guid id, Request request, ApproveDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Approver)
        .WithSummary("Approve the result; it is signed in the background")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOfUnitAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var decision = request.Decision?.Trim() ?? "";
        if (decision.Length is 0 or > MaxDecision || !JsonInput.IsStorable(decision))
            return DraftRules.Add(null, "decision", $"Nội dung quyết định có từ 1 đến {MaxDecision} ký tự.", $"The decision has 1 to {MaxDecision} characters.").ToProblem();
        var now = time.Now();
        var approved = taken.Value.Approve(desk.As(Roles.Approver), decision, Guid.CreateVersion7(now), now);
        return approved.IsSuccess ? await desk.SaveAsync(taken.Value, "approve", http, ct) : approved.Error.ToProblem();
    }
}
