using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Loads dossiers for those who may have them, and saves what became of them. Ownership and unit are part of the query, so what is not the
/// caller's does not exist for him. A lost race surfaces when saving and is answered with 412 or 409.
/// </summary>
internal sealed class DossierDesk(DossierDbContext db, Caller caller, DossierTelemetry telemetry)
{
    /// <summary>The caller's own dossiers.</summary>
    public IQueryable<Dossier> Own => db.Dossiers.Where(d => d.OwnerId == caller.AccountId);

    /// <summary>Filed dossiers of the caller's unit; none for who has no unit or is no official.</summary>
    public IQueryable<Dossier> OfUnit => Roles.OfOfficials.Any(caller.IsInRole) && caller.Unit is { } unit
        ? db.Dossiers.Where(d => d.UnitCode == unit && d.Status != DossierStatus.Draft)
        : db.Dossiers.Where(_ => false);

    /// <summary>What the caller may see: his own, and for officials what was filed with their unit.</summary>
    public IQueryable<Dossier> Visible => Roles.OfOfficials.Any(caller.IsInRole) && caller.Unit is { } unit
        ? db.Dossiers.Where(d => d.OwnerId == caller.AccountId || (d.UnitCode == unit && d.Status != DossierStatus.Draft))
        : Own;

    /// <summary>Whose dossier it is; null when the caller may not see it.</summary>
    public Task<Guid?> OwnerAsync(Guid id, CancellationToken ct) =>
        Visible.Where(d => d.Id == id).Select(d => (Guid?)d.OwnerId).SingleOrDefaultAsync(ct);

    /// <summary>One's own dossier, to be changed; checks If-Match.</summary>
    public Task<Result<Dossier>> TakeOwnAsync(Guid id, HttpRequest request, CancellationToken ct) => TakeAsync(Own, id, request, ct);

    /// <summary>A dossier of the official's unit, to be changed; checks If-Match.</summary>
    public Task<Result<Dossier>> TakeOfUnitAsync(Guid id, HttpRequest request, CancellationToken ct) => TakeAsync(OfUnit, id, request, ct);

    /// <summary>The caller in one of his roles.</summary>
    public Actor As(string role) => new(caller.AccountId, role, caller.Unit, caller.DisplayName);

    /// <summary>Saves the dossier with its steps and facts, and answers with its view.</summary>
    public async Task<IResult> SaveAsync(Dossier dossier, string action, HttpContext http, CancellationToken ct)
    {
        db.Record(dossier);
        await db.SaveChangesAsync(ct);
        telemetry.Moved(action);
        return await ShowAsync(dossier, http, ct);
    }

    /// <summary>The view, with the revision as ETag.</summary>
    public async Task<IResult> ShowAsync(Dossier dossier, HttpContext http, CancellationToken ct)
    {
        Etag.Set(http.Response, dossier.Version);
        return TypedResults.Ok(await ViewAsync(dossier, ct));
    }

    public async Task<DossierView> ViewAsync(Dossier dossier, CancellationToken ct) =>
        DossierView.Of(dossier, await db.Documents.AsNoTracking().Where(d => d.DossierId == dossier.Id).ToListAsync(ct));

    private static async Task<Result<Dossier>> TakeAsync(IQueryable<Dossier> dossiers, Guid id, HttpRequest request, CancellationToken ct)
    {
        if (await dossiers.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound;
        return Etag.Check(request, dossier.Version) is { } stale ? stale : dossier;
    }
}
