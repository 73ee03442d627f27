using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>
/// An officer takes a dossier up that nobody has; a colleague or supervisor gives it to an officer of the unit, or, with a reason, from one to
/// another.
/// </summary>
internal sealed class AssignDossier(DossierDbContext db, LifecycleDesk desk, IdentityDirectory directory, Caller caller)
{
    /// <param name="OfficerId">Who is to work on it; absent: the caller, who must be an officer.</param>
    /// <param name="Reason">Why it changes hands; needed when somebody has it.</param>
    internal sealed record Request(Guid? OfficerId, string? Reason);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/assignment",
            (Guid id, Request? request, AssignDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Take a dossier up, assign it, or hand it over to another officer of the unit with a reason")
        .Answers<DossierView>(200, 400, 403, 404, 409, 412, 422, 503);

    private Task<IResult> HandleAsync(Guid id, Request? request, HttpContext http, CancellationToken ct) =>
        desk.ActAsync(id, Moves.Assign, http, deed => AssignAsync(deed, request, ct), ct);

    private async Task<Result> AssignAsync(Deed deed, Request? request, CancellationToken ct)
    {
        var (dossier, actor, now) = deed;
        if (request?.OfficerId is null && !caller.IsInRole(Roles.Officer))
            return DossierErrors.Invalid.WithField("officerId", "Phải nêu cán bộ thụ lý.", "Say which officer.");
        var officerId = request?.OfficerId ?? caller.AccountId;
        var handsOver = dossier.OfficerId is not null && request?.OfficerId is not null;
        var input = new Input();
        var reason = handsOver ? input.Need("reason", request!.Reason) : "";
        var done = input.Error is { } error ? error : handsOver ? dossier.Reassign(actor, officerId, reason, now) : dossier.Assign(actor, officerId, now);
        if (!done.IsSuccess || officerId == caller.AccountId)
            return done;
        var today = LocalTime.Date(now);
        if (await db.Absences.AnyAsync(a => a.OfficerId == officerId && a.From <= today && a.To >= today && a.EndedAt == null, ct))
            return LifecycleErrors.OfficerAbsent;
        return await directory.CheckOfficerAsync(officerId, dossier.UnitCode, ct);
    }
}
