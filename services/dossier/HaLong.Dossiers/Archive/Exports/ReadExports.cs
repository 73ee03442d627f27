using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Archive.Exports;

/// <summary>How far an order is, and what lies where.</summary>
internal sealed class ReadExports(DossierDbContext db, ArchiveKeepers keepers)
{
    /// <param name="Key">Where the ZIP lies among the blobs; null while it does not.</param>
    internal sealed record Item(Guid DossierId, string? Code, string State, string? Key, string? Sha256, DateTimeOffset? DoneAt);

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/{id:guid}", (Guid id, ReadExports handler, CancellationToken ct) => handler.OneAsync(id, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("How far an archive export is")
            .Answers<ExportView>(200, 403, 404, 503);
        group.MapGet("/{id:guid}/items", (Guid id, string? after, int? limit, ReadExports handler, CancellationToken ct) => handler.ItemsAsync(id, after, limit, ct))
            .RequireAuthorization(Policies.Administrator)
            .WithSummary("The dossiers of an archive export")
            .Answers<Page<Item>>(200, 400, 403, 404, 503);
    }

    private async Task<Result<ArchiveExport>> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.ArchiveExports.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is not { } export)
            return ArchiveErrors.ExportNotFound;
        return await keepers.RefuseAsync(export.UnitCode, ct) is { } refusal ? refusal : export;
    }

    private async Task<IResult> OneAsync(Guid id, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        return found.IsSuccess ? TypedResults.Ok(await ExportView.OfAsync(db, found.Value, ct)) : found.Error.ToProblem();
    }

    private async Task<IResult> ItemsAsync(Guid id, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var found = await FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var items = db.ArchiveItems.AsNoTracking().Where(i => i.ExportId == id);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            items = items.Where(i => i.DossierId > last);
        }
        var rows = await items.OrderBy(i => i.DossierId).Take(size.Value + 1)
            .Select(i => new Item(i.DossierId, db.Dossiers.Where(d => d.Id == i.DossierId).Select(d => d.Code).SingleOrDefault(), i.State, i.Key, i.Sha256, i.DoneAt)).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, size.Value, i => [i.DossierId.ToString()]));
    }
}
