using System.Globalization;
using System.Text;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Reconciliation;

/// <summary>The lines of a run: page by page, or all of them as CSV.</summary>
internal static class ListLines
{
    /// <summary>One movement. Amounts in đồng, null where a side says nothing; reason is the explanation that was given.</summary>
    internal sealed record Item(
        int Number, ReconciliationResult Result, string Kind, string Scope, string? UnitCode, Guid? PaymentId, string? Reference, string? BankReference, long? Ours, long? Provider,
        long? Bank, Guid? NoticeId, Guid? CaseId, string? Reason, string? Evidence);

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapGet("/{id:guid}/lines", HandleAsync), nameof(ListLines), "The lines of a reconciled day, by result").Produces<Page<Item>>();
        Describe(group.MapGet("/{id:guid}/lines.csv", CsvAsync), "GetReconciliationCsv", "The lines of a reconciled day as CSV").Produces(StatusCodes.Status200OK, contentType: "text/csv");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .WithDescription("Cashiers and leaders: those of their unit and of nobody known; auditors: all. "
            + "result = matched, missingAtUs, missingAtProvider, missingAtBank, amountDiff or duplicate; all when left out.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.Staff);

    private static async Task<IResult> HandleAsync(Guid id, string? result, string? after, int? limit, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        var lines = await FindAsync(id, result, caller, db, ct);
        if (!lines.IsSuccess)
            return lines.Error.ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, values: 1));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var from = 0;
        if (cursor.Value is [var text] && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out from))
            return Cursor.Decode("?", values: 1).Error.ToProblem();
        var rows = await Items(lines.Value.Where(l => l.Number > from).OrderBy(l => l.Number).Take(size.Value + 1), db).ToListAsync(ct);
        rows.Sort((a, b) => a.Number - b.Number);
        return TypedResults.Ok(Page.Of(rows, size.Value, i => [i.Number.ToString(CultureInfo.InvariantCulture)]));
    }

    private static async Task<IResult> CsvAsync(Guid id, string? result, Caller caller, PaymentDbContext db, HttpContext http, CancellationToken ct)
    {
        var lines = await FindAsync(id, result, caller, db, ct);
        if (!lines.IsSuccess)
            return lines.Error.ToProblem();
        http.Response.ContentType = "text/csv; charset=utf-8";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await writer.WriteAsync("number,result,kind,account,unit,payment,reference,bank_reference,ours,provider,bank,case,reason\r\n");
        await foreach (var i in Items(lines.Value.OrderBy(l => l.Number), db).AsAsyncEnumerable().WithCancellation(ct))
            await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture,
                $"{i.Number},{Words.Of(i.Result)},{i.Kind},{i.Scope},{i.UnitCode},{i.PaymentId},{Cell(i.Reference)},{Cell(i.BankReference)},{i.Ours},{i.Provider},{i.Bank},{i.CaseId},{Cell(i.Reason)}\r\n"));
        return TypedResults.Empty;
    }

    private static async Task<Result<IQueryable<ReconciliationLine>>> FindAsync(Guid id, string? result, Caller caller, PaymentDbContext db, CancellationToken ct)
    {
        if (ReconciliationArea.Refusal(caller) is { } refusal)
            return refusal;
        var wanted = result is null ? null : Words.Parse<ReconciliationResult>(result);
        if (result is not null && wanted is null)
            return ReconciliationErrors.UnknownResult;
        if (!await db.Reconciliations.AnyAsync(r => r.Id == id, ct))
            return ReconciliationErrors.NotFound;
        var lines = db.ReconciliationLines.AsNoTracking().Where(l => l.RunId == id).Where(ReconciliationArea.Visible(caller));
        return Result.Of(wanted is { } one ? lines.Where(l => l.Result == one) : lines);
    }

    private static IQueryable<Item> Items(IQueryable<ReconciliationLine> lines, PaymentDbContext db) =>
        from l in lines
        join e in db.Set<ReconciliationExplanation>() on new { l.Identity, l.Result } equals new { e.Identity, e.Result } into explained
        from e in explained.DefaultIfEmpty()
        orderby l.Number
        select new Item(
            l.Number, l.Result, l.Kind, l.Scope, l.UnitCode, l.PaymentId, l.MatchKey, l.BankReference, l.Ours, l.Provider, l.Bank, l.NoticeId, l.CaseId,
            e == null ? null : e.Reason, e == null ? null : e.Evidence);

    /// <summary>Quoted, and never a formula for whoever opens it as a spreadsheet.</summary>
    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? ""
        : $"\"{(text[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + text : text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
