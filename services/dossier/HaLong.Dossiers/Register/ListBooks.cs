using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Register;

/// <summary>The books of a unit and year. A year has few, so there are no pages.</summary>
internal sealed class ListBooks(DossierDbContext db, RegisterDesk desk)
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/register/{year:int}/books", (int year, string? unit, ListBooks handler, CancellationToken ct) => handler.HandleAsync(year, unit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Books of the register of a unit and year, and how far they are (chief, approver, leader)")
        .Answers<IReadOnlyList<BookView>>(200, 400, 403, 404);

    private async Task<IResult> HandleAsync(int year, string? unit, CancellationToken ct)
    {
        var query = desk.QueryOf(unit, year, null, null);
        if (!query.IsSuccess)
            return query.Error.ToProblem();
        var books = await db.RegisterBooks.AsNoTracking().Where(b => b.UnitCode == query.Value.Unit && b.Year == year).OrderBy(b => b.Number).ToListAsync(ct);
        return TypedResults.Ok<IReadOnlyList<BookView>>(books.ConvertAll(BookView.Of));
    }
}
