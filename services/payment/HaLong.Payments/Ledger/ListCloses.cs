using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Ledger;

/// <summary>Closed days, newest first.</summary>
internal static class ListCloses
{
    private const int Most = 100;

    internal sealed record Item(DateOnly Day, int Entries, long Turnover, string Hash, DateTimeOffset ClosedAt, Guid? ClosedBy)
    {
        public static Item Of(DayClose c) => new(c.Day, c.Entries, c.Turnover, c.Hash, c.ClosedAt, c.ClosedBy);
    }

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/closes", HandleAsync)
        .WithName(nameof(ListCloses))
        .WithSummary("Closed days, newest first, a hundred at most")
        .WithDescription("Cashiers, leaders, auditors. before = 2026-11-30: only older ones.")
        .Produces<IReadOnlyList<Item>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(string? before, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        if (LedgerArea.Refusal(caller) is { } refusal)
            return refusal.ToProblem();
        var day = LedgerArea.Day(before, DateOnly.MaxValue);
        if (!day.IsSuccess)
            return day.Error.ToProblem();
        var rows = await db.DayCloses.AsNoTracking().Where(c => c.Day < day.Value).OrderByDescending(c => c.Day).Take(Most).ToListAsync(ct);
        return TypedResults.Ok(rows.ConvertAll(Item.Of));
    }
}
