using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Cash;

/// <summary>Shifts of the unit, newest first.</summary>
internal static class ListShifts
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/", HandleAsync)
            .WithName(nameof(ListShifts))
            .WithSummary("Shifts by state, newest first")
            .WithDescription("Cashiers, leaders and the chief of the unit; auditors see those of all units. state = open, counted or closed. Pages by cursor.")
            .Produces<Page<ShiftView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .RequireAuthorization(Policies.Staff);
        group.MapGet("/{id:guid}", OneAsync)
            .WithName("GetShift")
            .WithSummary("One shift")
            .WithDescription("As the list. The ETag is its revision.")
            .Produces<ShiftView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Policies.Staff);
    }

    private static async Task<IResult> HandleAsync(string? state, string? after, int? limit, TillDesk desk, CancellationToken ct)
    {
        var wanted = state is null ? null : Words.Parse<ShiftState>(state);
        if (state is not null && wanted is null)
            return CashErrors.UnknownState.ToProblem();
        var (visible, size, cursor) = (desk.Visible(), Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var shifts = visible.Value.AsNoTracking();
        if (wanted is { } one)
            shifts = shifts.Where(s => s.State == one);
        if (cursor.Value is { } before)
            shifts = shifts.Where(s => s.Id.CompareTo(before) < 0);
        var rows = await shifts.OrderByDescending(s => s.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(ShiftView.Of), size.Value, s => [s.Id.ToString()]));
    }

    private static async Task<IResult> OneAsync(Guid id, TillDesk desk, HttpResponse response, CancellationToken ct)
    {
        var visible = desk.Visible();
        if (!visible.IsSuccess)
            return visible.Error.ToProblem();
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } shift)
            return CashErrors.ShiftNotFound.ToProblem();
        Etag.Set(response, shift.Version);
        return TypedResults.Ok(ShiftView.Of(shift));
    }
}
