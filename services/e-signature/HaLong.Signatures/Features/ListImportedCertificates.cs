using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers.Imported;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features;

/// <summary>Which officers of a unit sign with tokens of their own, and since when: for those who answer for the unit, and for auditors.</summary>
internal sealed class ListImportedCertificates(SignatureDbContext db, Caller caller, IOptions<PkiOptions> options, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var all = app.MapGroup("/api/v1/admin/imported-certificates").WithTags("Imported certificates");
        Describe(all.MapGet("/", (string? unit, string? after, int? limit, ListImportedCertificates handler, CancellationToken ct) => handler.ListAsync(unit, after, limit, ct)),
            "ListImportedCertificates", "Certificates on officers' tokens, newest first").Produces<Page<ImportedCertificateView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        Describe(all.MapGet("/{id:guid}/changes", (Guid id, ListImportedCertificates handler, CancellationToken ct) => handler.ChangesAsync(id, ct)),
            "ListImportedCertificateChanges", "History of a registration, latest first").Produces<IReadOnlyList<ImportedChangeView>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name).WithSummary(summary)
        .WithDescription("Leaders, administrators and auditors of the unit; administrators of the province see every unit. Scope halong.api. Removed ones too.")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private bool MayLook => caller.IsInRole(Roles.Leader) || caller.IsInRole(Roles.Administrator) || caller.IsInRole(Roles.Auditor);

    private IQueryable<ImportedCertificate> Visible => caller.IsInRole(Roles.Administrator) && caller.Unit == options.Value.SupervisingUnit
        ? db.ImportedCertificates.AsNoTracking() : db.ImportedCertificates.AsNoTracking().Where(c => c.UnitCode == caller.Unit);

    private async Task<IResult> ListAsync(string? unit, string? after, int? limit, CancellationToken ct)
    {
        if (!MayLook)
            return SignatureErrors.NotManager.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var found = Visible;
        if (unit is not null)
            found = found.Where(c => c.UnitCode == unit);
        if (cursor.Value is { } before)
            found = found.Where(c => c.Id.CompareTo(before) < 0);
        var (rows, now) = (await found.OrderByDescending(c => c.Id).Take(size.Value + 1).ToListAsync(ct), time.GetUtcNow());
        return TypedResults.Ok(Page.Of(rows.ConvertAll(c => ImportedCertificateView.Of(c, now)), size.Value, c => [c.Id.ToString()]));
    }

    private async Task<IResult> ChangesAsync(Guid id, CancellationToken ct)
    {
        if (!MayLook)
            return SignatureErrors.NotManager.ToProblem();
        if (!await Visible.AnyAsync(c => c.Id == id, ct))
            return ImportErrors.NotFound.ToProblem();
        var rows = await db.ImportedChanges.AsNoTracking().Where(c => c.CertificateId == id).OrderByDescending(c => c.Id).Take(100).ToListAsync(ct);
        return TypedResults.Ok<IReadOnlyList<ImportedChangeView>>(rows.ConvertAll(c => new ImportedChangeView(c.Id, c.Move, c.ActorId, c.OccurredAt)));
    }
}
