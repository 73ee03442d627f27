using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Cases;

/// <summary>The desk: cases by state, those with the nearest deadline first.</summary>
internal static class ListCases
{
    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/", HandleAsync)
        .WithName(nameof(ListCases))
        .WithSummary("Money that does not fit: cases by state and kind")
        .WithDescription("Cashiers: those of their unit and of nobody known. state = open (default) or decided; kind as in the view. Pages by cursor, oldest deadline first.")
        .Produces<Page<CaseView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .RequireAuthorization(Policies.Cashier);

    private static async Task<IResult> HandleAsync(string? state, string? kind, string? after, int? limit, CaseDesk desk, PaymentDbContext db, TimeProvider time, CancellationToken ct)
    {
        if (state is not (null or "open" or "decided") || (kind is not null && Words.Parse<CaseKind>(kind) is null))
            return CaseErrors.UnknownFilter.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        // Every case has the same patience: by id is by deadline.
        var cases = desk.Visible.AsNoTracking().Where(c => state == "decided" ? c.Decision != null : c.Decision == null);
        if (kind is not null && Words.Parse<CaseKind>(kind) is { } wanted)
            cases = cases.Where(c => c.Kind == wanted);
        if (cursor.Value is { } before)
            cases = cases.Where(c => c.Id.CompareTo(before) > 0);
        var rows = await cases.OrderBy(c => c.Id).Take(size.Value + 1).Join(db.Notices, c => c.NoticeId, n => n.Id, (c, n) => new { Case = c, Notice = n }).ToListAsync(ct);
        var now = time.GetUtcNow();
        var views = rows.OrderBy(r => r.Case.Id).Select(r => CaseView.Of(r.Case, r.Notice, now)).ToList();
        return TypedResults.Ok(Page.Of(views, size.Value, v => [v.Id.ToString()]));
    }
}
