using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Decisions;

/// <summary>The applicant takes a dossier back, at any time before its end. What was paid is not decided here: the fact says what the rules say.</summary>
internal sealed class WithdrawDossier(DossierDesk dossiers, LifecycleDesk desk, ActingRights rights, ProcedureCatalogue catalogue)
{
    /// <param name="Reason">Why.</param>
    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/withdrawal",
            (Guid id, Request request, WithdrawDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("Withdraw a filed dossier")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var taken = await dossiers.TakeOwnAsync(id, Acts.DossierSubmit, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var input = new Input();
        var reason = input.Need("reason", request.Reason);
        if (input.Error is { } error)
            return error.ToProblem();
        var dossier = taken.Value;
        var treatment = await TreatmentAsync(dossier, ct);
        var withdrawn = dossier.Withdraw(dossiers.As(rights.Role), reason, treatment, desk.Now);
        if (!withdrawn.IsSuccess)
            return withdrawn.Error.ToProblem();
        await desk.ReckonAsync(dossier, ct);
        var allowed = await rights.CommitAsync(Acts.DossierSubmit, dossier, ct);
        return allowed.IsSuccess ? await dossiers.SaveAsync(dossier, Moves.Withdraw, http, ct) : allowed.Error.ToProblem();
    }

    /// <summary>Before acceptance nothing was done for the money; afterwards the catalogue says it, where it knows.</summary>
    private async Task<string> TreatmentAsync(Dossier dossier, CancellationToken ct)
    {
        if (dossier.PaidAmount == 0)
            return FeeTreatments.None;
        if (dossier.AcceptedAt is null)
            return FeeTreatments.Refund;
        var fees = catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct)).Fees;
        return fees switch
        {
            _ when dossier.Demands > 0 || fees.Count == 0 || fees.Any(f => f.Refundable is null) => FeeTreatments.Review,
            _ when fees.All(f => f.Refundable == true) => FeeTreatments.Refund,
            _ when fees.All(f => f.Refundable == false) => FeeTreatments.Keep,
            _ => FeeTreatments.Review,
        };
    }
}
