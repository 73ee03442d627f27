using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Loads dossiers for those who may have them, and saves what became of them. Ownership and unit are part of the query, so what is not the
/// caller's does not exist for him. A lost race surfaces when saving and is answered with 412 or 409.
/// </summary>
internal sealed class DossierDesk(DossierDbContext db, Caller caller, ActingRights rights, LifecycleViews views, DossierTelemetry telemetry)
{
    private IQueryable<Dossier> Own => db.Dossiers.Where(FilingSight.Own(caller));

    /// <summary>Filed dossiers of the caller's unit; none for who has no unit or is no official.</summary>
    public IQueryable<Dossier> OfUnit => Roles.OfOfficials.Any(caller.IsInRole) && caller.Unit is { } unit
        ? db.Dossiers.Where(FilingSight.OfUnit(unit))
        : db.Dossiers.Where(_ => false);

    /// <summary>The same, and for reception also what was handed in here for another unit.</summary>
    public IQueryable<Dossier> AtReception => Roles.OfOfficials.Any(caller.IsInRole) && caller.Unit is { } unit
        ? db.Dossiers.Where(FilingSight.AtReception(caller, unit))
        : db.Dossiers.Where(_ => false);

    /// <summary>Dossiers about which the caller's unit is asked for its opinion: open to its officials as long as the answer is awaited.</summary>
    public IQueryable<Dossier> AskedOfUnit => Roles.OfOfficials.Any(caller.IsInRole) && caller.Unit is { } unit
        ? db.Dossiers.Where(d => db.Opinions.Any(o => o.DossierId == d.Id && o.UnitCode == unit && o.AnsweredAt == null && o.ClosedAt == null))
        : db.Dossiers.Where(_ => false);

    /// <summary>The owner's dossiers to which the caller may do this: all of his own, or those that he may work on for somebody else.</summary>
    /// <param name="act">One of <see cref="Acts"/>.</param>
    /// <param name="toChange">An assisted session without a dossier may pick one to work on, but not look around among them.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Result<IQueryable<Dossier>>> OwnAsync(string act, bool toChange, CancellationToken ct)
    {
        var asked = await rights.AskAsync(act, ct);
        if (!asked.IsSuccess)
            return asked.Error;
        var (own, decision) = (Own, asked.Value);
        if (decision.IsUnbound && !toChange)
            own = own.Where(_ => false);
        if (decision.DossierId is { } only)
            own = own.Where(d => d.Id == only);
        if (decision.Procedures is { } procedures)
            own = own.Where(d => procedures.Contains(d.ProcedureCode));
        return Result.Of(own);
    }

    /// <summary>What the caller may see: the owner's, as far as he may, and for officials what was filed with their unit.</summary>
    public async Task<Result<IQueryable<Dossier>>> VisibleAsync(string act, CancellationToken ct) =>
        Roles.OfOfficials.Any(caller.IsInRole) && caller.Unit is { } unit && !caller.ActsForAnother
            ? Result.Of(db.Dossiers.Where(FilingSight.Visible(caller, unit, db.Opinions)))
            : await OwnAsync(act, toChange: false, ct);

    /// <summary>Whose dossier it is, when the caller may do this to it; else why not.</summary>
    public async Task<Result<Guid>> OwnerAsync(Guid id, string act, CancellationToken ct)
    {
        var visible = await VisibleAsync(act, ct);
        if (!visible.IsSuccess)
            return visible.Error;
        var owner = await visible.Value.Where(d => d.Id == id).Select(d => (Guid?)d.OwnerId).SingleOrDefaultAsync(ct);
        return owner is { } known ? known : DossierErrors.DossierNotFound;
    }

    /// <summary>A dossier of the owner's, to be changed; checks If-Match.</summary>
    public async Task<Result<Dossier>> TakeOwnAsync(Guid id, string act, HttpRequest request, CancellationToken ct)
    {
        var own = await OwnAsync(act, toChange: true, ct);
        return own.IsSuccess ? await TakeAsync(own.Value, id, request, ct) : own.Error;
    }

    /// <summary>A dossier of the official's unit, to be changed; checks If-Match.</summary>
    public Task<Result<Dossier>> TakeOfUnitAsync(Guid id, HttpRequest request, CancellationToken ct) => TakeAsync(OfUnit, id, request, ct);

    /// <summary>A dossier about which the official's unit is asked, to be changed; checks If-Match.</summary>
    public Task<Result<Dossier>> TakeAskedAsync(Guid id, HttpRequest request, CancellationToken ct) => TakeAsync(AskedOfUnit, id, request, ct);
    /// <summary>A dossier that the official's reception may take in or hand out; checks If-Match.</summary>
    public Task<Result<Dossier>> TakeAtReceptionAsync(Guid id, HttpRequest request, CancellationToken ct) => TakeAsync(AtReception, id, request, ct);

    /// <summary>The caller in one of his roles.</summary>
    public Actor As(string role) => new(caller.ActorId, role, caller.Unit, caller.DisplayName);

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
        DossierView.Of(
            dossier, await db.Documents.AsNoTracking().Where(d => d.DossierId == dossier.Id).ToListAsync(ct),
            await views.WaitAsync(dossier, ct), await views.LifecycleAsync(dossier, ct));

    private static async Task<Result<Dossier>> TakeAsync(IQueryable<Dossier> dossiers, Guid id, HttpRequest request, CancellationToken ct)
    {
        if (await dossiers.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound;
        return Etag.Check(request, dossier.Version) is { } stale ? stale : dossier;
    }
}
