using System.Globalization;
using System.Text;
using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Refunds;

/// <summary>Puts agreed refunds into a file for the bank, each in one file at a time, and hands the file out.</summary>
internal static class MakePayout
{
    private const int Most = 500;

    /// <param name="Bin">Bank of the collecting account.</param>
    /// <param name="Account">The collecting account that pays.</param>
    internal sealed record Request(string? Bin, string? Account);

    internal sealed record View(Guid Id, int Count, long Total, string Href);

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/", HandleAsync)
            .WithName(nameof(MakePayout))
            .WithSummary("Make a payout file of the agreed refunds of a collecting account, 500 at most")
            .WithDescription("Cashiers. The refunds are sent from then on; what the bank could not pay is returned one by one.")
            .Produces<View>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithIdempotency<PaymentDbContext>()
            .RequireAuthorization(Policies.Cashier);
        group.MapGet("/{id:guid}", FileAsync)
            .WithName("GetPayout")
            .WithSummary("The payout file: CSV, UTF-8, a line for each refund")
            .WithDescription("Cashiers of the unit.")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RequireAuthorization(Policies.Cashier);
    }

    private static async Task<IResult> HandleAsync(Request request, PaymentDbContext db, Caller caller, TimeProvider time, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(request.Bin) || string.IsNullOrEmpty(request.Account))
            return RefundErrors.Invalid.WithField("account", "Nêu tài khoản thu (bin, account).", "Name the collecting account (bin, account).").ToProblem();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var ids = await db.Database.SqlQuery<Guid>($"""
            SELECT id FROM money_refund WHERE state = 'approved' AND unit_code = {caller.Unit} AND bin = {request.Bin} AND account = {request.Account}
            ORDER BY id LIMIT {Most} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (ids.Count == 0)
            return RefundErrors.NothingToPay.ToProblem();
        var refunds = await db.Refunds.Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        var now = time.GetUtcNow();
        var payout = new Payout
        {
            Id = Guid.CreateVersion7(now),
            UnitCode = caller.Unit!,
            Bin = request.Bin,
            Account = request.Account,
            Count = refunds.Count,
            Total = refunds.Sum(r => r.Amount),
            CreatedBy = caller.ActorId,
            CreatedAt = now,
        };
        db.Add(payout);
        refunds.ForEach(r => r.Send(payout.Id));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        var href = $"/api/v1/payouts/{payout.Id}";
        return TypedResults.Created(href, new View(payout.Id, payout.Count, payout.Total, href));
    }

    private static async Task<IResult> FileAsync(Guid id, PaymentDbContext db, Caller caller, CancellationToken ct)
    {
        if (!await db.Payouts.AnyAsync(p => p.Id == id && p.UnitCode == caller.Unit, ct))
            return RefundErrors.PayoutNotFound.ToProblem();
        var refunds = await db.Refunds.AsNoTracking().Where(r => r.PayoutId == id).OrderBy(r => r.Id).ToListAsync(ct);
        var text = new StringBuilder("refund_id,bin,account,name,amount,content\r\n");
        foreach (var r in refunds)
            text.Append(CultureInfo.InvariantCulture, $"{r.Id},{r.Payee!.Bin},{r.Payee.Account},{Cell(r.Payee.Name)},{r.Amount},HOAN PHI {r.Id.ToString("N")[^12..].ToUpperInvariant()}\r\n");
        return TypedResults.Text(text.ToString(), "text/csv; charset=utf-8", Encoding.UTF8);
    }

    /// <summary>Quoted, and never a formula for whoever opens it as a spreadsheet.</summary>
    private static string Cell(string text) => $"\"{(text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
