using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Notes;

/// <summary>Notes of a dossier, newest first; the applicant sees those that are meant for him, without names.</summary>
internal sealed class ListNotes(DossierDbContext db, DossierDesk desk, ReadRecord reads, Caller caller)
{
    /// <param name="Author">Name of who wrote it; for officials.</param>
    internal sealed record Item(Guid Id, string Text, bool Visible, string Role, string? Author, DateTimeOffset CreatedAt);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/notes", (Guid id, string? after, int? limit, ListNotes handler, CancellationToken ct) => handler.HandleAsync(id, after, limit, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Notes of a dossier")
        .Answers<Page<Item>>(200, 400, 403, 404, 503);

    private async Task<IResult> HandleAsync(Guid id, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        // Only the unit's own officials, and they not as parties, see what is written among colleagues.
        var inside = await desk.OfUnit.AnyAsync(d => d.Id == id && d.OwnerId != caller.AccountId, ct);
        var notes = db.Notes.AsNoTracking().Where(n => n.DossierId == id && (inside || n.Visible));
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            notes = notes.Where(n => n.Id < last);
        }
        await reads.AddAsync(ReadRecord.Notes, id, owner.Value, ct);
        var rows = await notes.OrderByDescending(n => n.Id).Take(size.Value + 1).ToListAsync(ct);
        var items = rows.ConvertAll(n => new Item(n.Id, n.Text, n.Visible, n.AuthorRole, inside ? n.AuthorName : null, n.CreatedAt));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Id.ToString()]));
    }
}
