using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features;

/// <summary>The seals that the caller may see, newest first, and what was done to them.</summary>
internal static class ListSeals
{
    public static void Map(IEndpointRouteBuilder seals)
    {
        Describe(seals.MapGet("/", HandleAsync), "ListSeals", "Seals of units, newest first").Produces<Page<SealView>>();
        Describe(seals.MapGet("/{unit}", OneAsync), "GetSeal", "The current seal of a unit, with its ETag").Produces<SealView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        Describe(seals.MapGet("/{unit}/changes", ChangesAsync), "ListSealChanges", "What was done to the seals of a unit, latest first")
            .Produces<Page<SealChangeView>>();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name).WithSummary(summary)
        .WithDescription("Leaders, administrators and auditors of the unit; administrators of the province see every unit. Scope halong.api. Pages by cursor. Strong consistency.")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(string? unit, bool? revoked, string? after, int? limit, SealDesk desk, TimeProvider time,
        CancellationToken ct)
    {
        if (desk.WhyNotSee is { } forbidden)
            return forbidden.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var seals = desk.Visible.AsNoTracking();
        if (unit is not null)
            seals = seals.Where(s => s.UnitCode == unit);
        if (revoked is { } wanted)
            seals = seals.Where(s => s.RevokedAt != null == wanted);
        if (cursor.Value is { } before)
            seals = seals.Where(s => s.Id.CompareTo(before) < 0);
        var (rows, now) = (await seals.OrderByDescending(s => s.Id).Take(size.Value + 1).ToListAsync(ct), time.GetUtcNow());
        return TypedResults.Ok(Page.Of(rows.ConvertAll(s => SealView.Of(s, now)), size.Value, s => [s.Id.ToString()]));
    }

    private static async Task<IResult> OneAsync(string unit, SealDesk desk, TimeProvider time, HttpResponse response, CancellationToken ct)
    {
        if (desk.WhyNotSee is { } forbidden)
            return forbidden.ToProblem();
        if (await desk.Visible.AsNoTracking().SingleOrDefaultAsync(s => s.UnitCode == unit && s.SupersededAt == null, ct) is not { } seal)
            return SignatureErrors.SealNotFound.ToProblem();
        Etag.Set(response, seal.Version);
        return TypedResults.Ok(SealView.Of(seal, time.GetUtcNow()));
    }

    private static async Task<IResult> ChangesAsync(string unit, string? after, int? limit, SealDesk desk, SignatureDbContext db, Caller caller,
        CancellationToken ct)
    {
        if (desk.WhyNotSee is { } forbidden)
            return forbidden.ToProblem();
        if (!desk.SeesAll && caller.Unit != unit)
            return SignatureErrors.SealNotFound.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var changes = db.CredentialChanges.AsNoTracking().Where(c => c.UnitCode == unit);
        if (cursor.Value is { } before)
            changes = changes.Where(c => c.Id.CompareTo(before) < 0);
        var rows = await changes.OrderByDescending(c => c.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(SealChangeView.Of), size.Value, c => [c.Id.ToString()]));
    }
}
