using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Ledger;

/// <summary>The bookings that touch an account, newest first.</summary>
internal static class ListBookings
{
    internal sealed record Item(Guid Id, string Kind, Guid SourceId, Guid? PaymentId, string? UnitCode, DateOnly BookedOn, DateTimeOffset CreatedAt, IReadOnlyList<JournalLine> Lines);

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/accounts/{account}/bookings", HandleAsync)
        .WithName(nameof(ListBookings))
        .WithSummary("Bookings of an account, newest first, each with all its lines")
        .WithDescription("Cashiers, leaders, auditors. Pages by cursor.")
        .Produces<Page<Item>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(string account, string? after, int? limit, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        if (LedgerArea.Refusal(caller) is { } refusal)
            return refusal.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var entries = db.Journal.AsNoTracking().Where(e => e.Lines.Any(l => l.Account == account));
        if (cursor.Value is { } before)
            entries = entries.Where(e => e.Id.CompareTo(before) < 0);
        var rows = await entries.OrderByDescending(e => e.Id).Take(size.Value + 1).ToListAsync(ct);
        if (rows.Count == 0 && cursor.Value is null)
            return LedgerErrors.UnknownAccount.ToProblem();
        var items = rows.ConvertAll(e => new Item(
            e.Id, e.Kind, e.SourceId, e.PaymentId, e.UnitCode, e.BookedOn, e.CreatedAt, [.. e.Lines.OrderBy(l => l.Line)]));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Id.ToString()]));
    }
}
