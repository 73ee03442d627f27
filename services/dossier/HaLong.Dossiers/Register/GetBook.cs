using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Register;

/// <summary>A book: how far it is, and once it is sealed its PDF.</summary>
internal sealed class GetBook(DossierDbContext db, RegisterDesk desk, FileStore store, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/register/{year:int}/books/{number:int}",
                (int year, int number, string? unit, GetBook handler, HttpContext http, CancellationToken ct) => handler.ShowAsync(year, number, unit, http, ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("A book of the register (chief, approver, leader)")
            .Answers<BookView>(200, 403, 404);
        admin.MapGet("/register/{year:int}/books/{number:int}/pdf",
                (int year, int number, string? unit, GetBook handler, HttpContext http, CancellationToken ct) => handler.StreamAsync(year, number, unit, http, ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("A closed book of the register as its sealed PDF (chief, approver, leader)")
            .Answers(200, 206, 304, 403, 404, 409, 503);
    }

    private async Task<IResult> ShowAsync(int year, int number, string? unit, HttpContext http, CancellationToken ct)
    {
        var found = await FindAsync(year, number, unit, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        Etag.Set(http.Response, found.Value.Version);
        return TypedResults.Ok(BookView.Of(found.Value));
    }

    private async Task<IResult> StreamAsync(int year, int number, string? unit, HttpContext http, CancellationToken ct)
    {
        var found = await FindAsync(year, number, unit, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        if (found.Value is not { Sha256: { } sha256, SealedAt: { } sealedAt } book)
            return RegisterErrors.NotSealed.ToProblem();
        var owners = await db.RegisterEntries.Where(e => e.BookId == book.Id).Join(db.Dossiers, e => e.DossierId, d => d.Id, (_, d) => d.OwnerId).Distinct().ToListAsync(ct);
        foreach (var some in owners.Chunk(1000))
            await reads.AddPageAsync(ReadRecord.Register, some, ct);
        http.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            await store.OpenAsync(sha256, ct), FileType.Pdf.MediaType, $"so-theo-doi-ho-so-{book.Code}.pdf", sealedAt, new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
    }

    private async Task<Result<RegisterBook>> FindAsync(int year, int number, string? unit, CancellationToken ct)
    {
        var own = desk.UnitToRead(unit);
        if (!own.IsSuccess)
            return own.Error;
        return await db.RegisterBooks.AsNoTracking().SingleOrDefaultAsync(b => b.UnitCode == own.Value && b.Year == year && b.Number == number, ct) is { } book
            ? book
            : RegisterErrors.BookNotFound;
    }
}
