using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Filing.Reform;

/// <summary>The chief of a successor says which unit goes on with a dossier whose unit was divided.</summary>
internal sealed class ChooseUnit(DossierDbContext db, DossierDesk desk, IdentityDirectory directory, Caller caller, TimeProvider time)
{
    private const int MaxReason = 500;

    /// <param name="UnitCode">One of the successors.</param>
    /// <param name="Reason">Why this one: the street, the hamlet.</param>
    internal sealed record Request(string? UnitCode, string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/competent-unit", (Guid id, Request request, ChooseUnit handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Chief)
        .WithSummary("Choose which successor of a divided unit goes on with a dossier")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var unit = caller.Unit ?? "";
        // Among their choices, or theirs already: a repeated choice is told what is the matter.
        if (await db.Dossiers.SingleOrDefaultAsync(d => d.Id == id && d.Status != DossierStatus.Draft && (d.UnitChoices.Contains(unit) || d.UnitCode == unit), ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        if (Etag.Check(http.Request, dossier.Version) is { } stale)
            return stale.ToProblem();
        var reason = request.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > MaxReason || !JsonInput.IsStorable(reason))
            return DraftRules.Add(null, "reason", $"Lý do có từ 1 đến {MaxReason} ký tự.", $"The reason has 1 to {MaxReason} characters.").ToProblem();
        var chosen = await directory.FindUnitAsync(request.UnitCode ?? "", ct);
        if (!chosen.IsSuccess)
            return (chosen.Error.Kind == ErrorKind.Validation ? chosen.Error.WithField("unitCode", chosen.Error.Vi, chosen.Error.En) : chosen.Error).ToProblem();
        // Where it was handed in stays, unless that was the divided unit itself.
        var receiving = dossier.ReceivingUnitId is null || dossier.ReceivingUnitId == dossier.UnitId
            ? chosen.Value
            : new DossierUnit(dossier.ReceivingUnitCode!, dossier.ReceivingUnitNameVi!, dossier.ReceivingUnitNameEn!) { Id = dossier.ReceivingUnitId };
        var done = dossier.ChooseUnit(desk.As(Roles.Chief), new Placement(chosen.Value, receiving, dossier.PlaceUnitId), reason, time.Now());
        return done.IsSuccess ? await desk.SaveAsync(dossier, "chooseUnit", http, ct) : done.Error.ToProblem();
    }
}
