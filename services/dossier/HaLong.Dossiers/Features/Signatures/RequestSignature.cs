using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>
/// The approver refused, let the deadline pass, or is away: he, or another approver of the unit, asks for the signature again and says who signs. Who signs in
/// the place of another takes the decision over; the result is written anew with his name.
/// </summary>
internal sealed class RequestSignature(DossierDbContext db, LifecycleDesk desk, IdentityDirectory directory, Caller caller)
{
    /// <param name="SignerId">An approver of the unit; absent: the caller.</param>
    /// <param name="Decision">What is decided instead; absent: what was. A refusal keeps its words.</param>
    internal sealed record Request(Guid? SignerId, string? Decision);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/result-signature",
            (Guid id, Request? request, RequestSignature handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Approver)
        .WithSummary("Ask for the approver's own signature on a result again, of the same or of another approver of the unit")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.AskSignature, http, deed => AskAsync(deed, request, ct), ct);

    private async Task<Result> AskAsync(Deed deed, Request? request, CancellationToken ct)
    {
        var (dossier, actor, now) = deed;
        var input = new Input();
        var decision = input.May("decision", request?.Decision);
        if (input.Error is { } error)
            return error;
        var (signer, name) = (request?.SignerId ?? caller.ActorId, actor.Name);
        if (signer != caller.ActorId && dossier.AwaitsPerson)
        {
            var found = await directory.FindApproverAsync(signer, dossier.UnitCode, ct);
            if (!found.IsSuccess)
                return found.Error;
            name = found.Value;
        }
        var asked = dossier.AskSignature(actor, signer, name, decision, now);
        if (asked.IsSuccess)
            db.Enqueue(new CorrectionWritingDue(dossier.Id, dossier.SigningId!.Value));
        return asked;
    }
}
