using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Reconciliation;

/// <summary>Reconciled days, newest run first, and one of them.</summary>
internal static class ListReconciliations
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/", HandleAsync)
            .WithName(nameof(ListReconciliations))
            .WithSummary("Reconciled days with their versions, newest run first")
            .WithDescription("Cashiers, leaders, auditors. day = 2026-11-30: only that one. Pages by cursor.")
            .Produces<Page<RunView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .RequireAuthorization(Policies.Staff);
        group.MapGet("/{id:guid}", OneAsync)
            .WithName("GetReconciliation")
            .WithSummary("The report of a reconciled day")
            .WithDescription("Cashiers, leaders, auditors.")
            .Produces<RunView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Policies.Staff);
    }

    private static async Task<IResult> HandleAsync(string? day, string? after, int? limit, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        if (ReconciliationArea.Refusal(caller) is { } refusal)
            return refusal.ToProblem();
        var (wanted, size, cursor) = (LedgerArea.Day(day, default), Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!wanted.IsSuccess)
            return wanted.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var runs = db.Reconciliations.AsNoTracking();
        if (day is not null)
            runs = runs.Where(r => r.Day == wanted.Value);
        if (cursor.Value is { } before)
            runs = runs.Where(r => r.Id.CompareTo(before) < 0);
        var rows = await runs.OrderByDescending(r => r.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(RunView.Of), size.Value, r => [r.Id.ToString()]));
    }

    private static async Task<IResult> OneAsync(Guid id, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        if (ReconciliationArea.Refusal(caller) is { } refusal)
            return refusal.ToProblem();
        return await db.Reconciliations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } run
            ? TypedResults.Ok(RunView.Of(run))
            : ReconciliationErrors.NotFound.ToProblem();
    }
}
