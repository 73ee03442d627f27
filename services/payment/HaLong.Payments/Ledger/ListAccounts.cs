using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Ledger;

/// <summary>Balances of all accounts at the end of a day.</summary>
internal static class ListAccounts
{
    /// <param name="Account">Code.</param>
    /// <param name="Kind">bank, clearing, suspense, held, due, refund, till, float, difference or transit.</param>
    /// <param name="Debit">All debits up to then, đồng.</param>
    /// <param name="Credit">All credits up to then, đồng.</param>
    /// <param name="Balance">Debits less credits: positive is money that is there, negative whose it is.</param>
    internal sealed record Item(string Account, string Kind, long Debit, long Credit, long Balance);

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/accounts", HandleAsync)
        .WithName(nameof(ListAccounts))
        .WithSummary("Balances of the ledger at the end of a day")
        .WithDescription("Cashiers, leaders, auditors. at = 2026-11-30, today when left out. Computed from the bookings each time, so it can be checked against the closes.")
        .Produces<IReadOnlyList<Item>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(string? at, Caller caller, PaymentDbContext db, TimeProvider time, CancellationToken ct)
    {
        if (LedgerArea.Refusal(caller) is { } refusal)
            return refusal.ToProblem();
        var day = LedgerArea.Day(at, LocalTime.Date(time.GetUtcNow()));
        if (!day.IsSuccess)
            return day.Error.ToProblem();
        // From the last close on: what is closed need not be added up again.
        var closed = await db.DayCloses.AsNoTracking().Where(c => c.Day <= day.Value).OrderByDescending(c => c.Day).Select(c => (DateOnly?)c.Day).FirstOrDefaultAsync(ct);
        var from = closed ?? DateOnly.MinValue;
        var sums = await db.DayBalances.AsNoTracking().Where(b => b.Day <= from).GroupBy(b => b.Account)
            .Select(g => new { Account = g.Key, Debit = g.Sum(b => b.Debit), Credit = g.Sum(b => b.Credit) }).ToListAsync(ct);
        var since = await db.Journal.AsNoTracking().Where(e => e.BookedOn > from && e.BookedOn <= day.Value).SelectMany(e => e.Lines).GroupBy(l => l.Account)
            .Select(g => new { Account = g.Key, Debit = g.Sum(l => l.Amount > 0 ? l.Amount : 0), Credit = g.Sum(l => l.Amount < 0 ? -l.Amount : 0) }).ToListAsync(ct);
        return TypedResults.Ok(sums.Concat(since).GroupBy(s => s.Account).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Debit: g.Sum(s => s.Debit), Credit: g.Sum(s => s.Credit)))
            .Select(a => new Item(a.Key, a.Key[..a.Key.IndexOf(':', StringComparison.Ordinal)], a.Debit, a.Credit, a.Debit - a.Credit)).ToList());
    }
}
