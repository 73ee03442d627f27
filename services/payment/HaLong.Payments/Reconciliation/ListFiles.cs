using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Reconciliation;

/// <summary>Statements and reports that were taken over, newest first.</summary>
internal static class ListFiles
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGroup("/api/v1/statements").WithTags("Reconciliation").MapGet("/", HandleAsync)
        .WithName(nameof(ListFiles))
        .WithSummary("Statements and provider reports that were taken over, newest first")
        .WithDescription("Cashiers, leaders, auditors. Pages by cursor.")
        .Produces<Page<FileView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(string? after, int? limit, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        if (ReconciliationArea.Refusal(caller) is { } refusal)
            return refusal.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var files = db.StatementFiles.AsNoTracking();
        if (cursor.Value is { } before)
            files = files.Where(f => f.Id.CompareTo(before) < 0);
        var rows = await files.OrderByDescending(f => f.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(FileView.Of), size.Value, f => [f.Id.ToString()]));
    }
}
