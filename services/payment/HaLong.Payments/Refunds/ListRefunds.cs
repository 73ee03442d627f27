using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Refunds;

/// <summary>Refunds of the caller's unit, newest first.</summary>
internal static class ListRefunds
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/", HandleAsync)
        .WithName(nameof(ListRefunds))
        .WithSummary("Refunds of the unit by state, newest first")
        .WithDescription("Cashiers, leaders, chiefs and approvers. Pages by cursor.")
        .Produces<Page<RefundView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(string? state, string? after, int? limit, RefundDesk desk, Caller caller, CancellationToken ct)
    {
        if (!RefundDesk.MayReview(caller) && !caller.IsInRole(Roles.Cashier))
            return RefundErrors.NotReviewer.ToProblem();
        var wanted = state is null ? null : Words.Parse<RefundState>(state);
        if (state is not null && wanted is null)
            return RefundErrors.UnknownState.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var refunds = desk.OfUnit.AsNoTracking();
        if (wanted is { } one)
            refunds = refunds.Where(r => r.State == one);
        if (cursor.Value is { } before)
            refunds = refunds.Where(r => r.Id.CompareTo(before) < 0);
        var rows = await refunds.OrderByDescending(r => r.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(RefundView.Of), size.Value, r => [r.Id.ToString()]));
    }
}
