using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Register;

/// <summary>Closes the open book of a year: when the year is over, or earlier because it is full and another one is to follow.</summary>
internal sealed class CloseBook(DossierDbContext db, RegisterDesk desk, Caller caller, IOptions<RegisterOptions> options, TimeProvider time)
{
    /// <param name="Unit">The caller's unit unless said.</param>
    /// <param name="Full">Close it although the year goes on: numbers continue in the next book.</param>
    internal sealed record Request(string? Unit, bool? Full);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/register/{year:int}/closure",
            (int year, Request? request, CloseBook handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(year, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Close the book of a year (chief, approver): its PDF is written and sealed in the background, and nothing in it changes any more")
        .Answers<BookView>(200, 400, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(int year, Request? request, HttpContext http, CancellationToken ct)
    {
        var own = desk.UnitToClose(request?.Unit);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        if (year is < RegisterDesk.FirstYear or > RegisterDesk.LastYear)
            return RegisterErrors.BookNotFound.ToProblem();
        var unit = own.Value;
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        // Nobody gives numbers meanwhile, and nobody else closes.
        await db.LockRegisterAsync(unit, ct);
        var book = await db.RegisterBooks.Where(b => b.UnitCode == unit && b.Year == year).OrderByDescending(b => b.Number).FirstOrDefaultAsync(ct);
        if (book is null && !await db.RegisterArrivals.AnyAsync(a => a.UnitCode == unit, ct))
            return RegisterErrors.BookNotFound.ToProblem();
        if (book is not null && Etag.Check(http.Request, book.Version) is { } stale)
            return stale.ToProblem();

        var settled = time.Now() - options.Value.Settle;
        var end = LocalTime.Instant(new DateOnly(year + 1, 1, 1), TimeOnly.MinValue);
        if (book is not { State: not BookState.Open } && settled < end && request?.Full != true)
            return RegisterErrors.YearNotOver.ToProblem();
        var before = settled < end ? settled : end;
        if (await db.RegisterArrivals.AnyAsync(a => a.UnitCode == unit && a.AcceptedAt < before, ct))
            return RegisterErrors.EntriesMissing.ToProblem();
        if (book is null)
            return RegisterErrors.BookNotFound.ToProblem();
        var closed = book.Close(caller.ActorId, caller.DisplayName, time.Now());
        if (!closed.IsSuccess)
            return closed.Error.ToProblem();
        db.Enqueue(new BookWritingDue(book.Id, 1));
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, book.Version);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return TypedResults.Ok(BookView.Of(book));
    }
}
