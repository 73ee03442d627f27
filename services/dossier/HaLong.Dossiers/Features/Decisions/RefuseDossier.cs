using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features.Decisions;

/// <summary>
/// The agency says no in writing (form 03): reception to what was filed, an approver after appraisal. The second kind is signed and handed over
/// like any result.
/// </summary>
internal sealed class RefuseDossier(DossierDesk dossiers, LifecycleDesk desk, IOptions<DossierOptions> options, Caller caller)
{
    /// <param name="LegalBasis">The provision it rests on.</param>
    /// <param name="Reason">Why, in plain words.</param>
    /// <param name="Sign">After appraisal: the approver signs the refusal himself, before the unit seals it; a setting may demand it.</param>
    internal sealed record Request(string? LegalBasis, string? Reason, bool? Sign);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/refusal",
            (Guid id, Request request, RefuseDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Refuse a dossier with its legal ground: at reception, or after appraisal")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        if (!caller.IsInRole(Roles.Reception) && !caller.IsInRole(Roles.Approver))
            return DossierErrors.WrongRole.ToProblem();
        var taken = await dossiers.TakeOfUnitAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var input = new Input();
        var grounds = new Grounds(input.Need("legalBasis", request.LegalBasis), input.Need("reason", request.Reason));
        if (input.Error is { } error)
            return error.ToProblem();
        var atReception = Transitions.Find(Moves.Reject, taken.Value.Status) is not null
            || (Transitions.Find(Moves.Refuse, taken.Value.Status) is null && !caller.IsInRole(Roles.Approver));
        return await desk.ActAsync(taken.Value, atReception ? Moves.Reject : Moves.Refuse, http, deed => Task.FromResult(atReception
            ? deed.Dossier.Reject(deed.Actor, grounds, deed.Now)
            : deed.Dossier.Refuse(deed.Actor, grounds, Guid.CreateVersion7(deed.Now), deed.Now, options.Value.SignsPersonally(request.Sign))), ct);
    }
}
