using System.Globalization;
using System.Text;
using HaLong.Payments.Persistence;
using HaLong.Payments.Refunds;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Cash;

/// <summary>The till report of a shift (báo cáo quỹ ca thu).</summary>
internal static class TillReport
{
    /// <param name="CashId">The entry.</param>
    /// <param name="PaymentId">The request.</param>
    /// <param name="DossierCode">What was paid for.</param>
    /// <param name="Reference">Its short reference.</param>
    /// <param name="Amount">Đồng.</param>
    /// <param name="Handed">Đồng handed over.</param>
    /// <param name="Change">Đồng given back.</param>
    /// <param name="TakenAt">When.</param>
    internal sealed record Line(Guid CashId, Guid PaymentId, string DossierCode, string Reference, long Amount, long Handed, long Change, DateTimeOffset TakenAt);

    /// <summary>A refund of something that was paid in this shift; paid by the bank, never out of the till.</summary>
    internal sealed record RefundLine(Guid RefundId, Guid PaymentId, RefundState State, long Amount);

    internal sealed record Count(int Number, IReadOnlyDictionary<string, int> Denominations, long Total, long Expected, string? Reason, Guid CountedBy, DateTimeOffset CountedAt);

    internal sealed record Report(ShiftView Shift, string TakenInWords, IReadOnlyList<Line> Payments, IReadOnlyList<RefundLine> Refunds, IReadOnlyList<Count> Counts);

    public static void Map(IEndpointRouteBuilder group)
    {
        Describe(group.MapGet("/{id:guid}/report", async (Guid id, TillDesk desk, PaymentDbContext db, CancellationToken ct) =>
            (await ReadAsync(id, desk, db, ct)).Match(TypedResults.Ok)), "GetTillReport", "The till report of a shift").Produces<Report>();
        Describe(group.MapGet("/{id:guid}/report.csv", async (Guid id, TillDesk desk, PaymentDbContext db, CancellationToken ct) =>
            (await ReadAsync(id, desk, db, ct)).Match(r => TypedResults.Text(Csv(r), "text/csv; charset=utf-8", Encoding.UTF8))), "GetTillReportCsv", "The till report as CSV")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .WithDescription("Cashiers, leaders and the chief of the unit, auditors. Change money, payments, refunds, what is expected, what was counted, the difference.")
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.Staff);

    private static async Task<Result<Report>> ReadAsync(Guid id, TillDesk desk, PaymentDbContext db, CancellationToken ct)
    {
        var visible = desk.Visible();
        if (!visible.IsSuccess)
            return visible.Error;
        if (await visible.Value.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } shift)
            return CashErrors.ShiftNotFound;
        var taken = db.CashPayments.Where(c => c.ShiftId == id);
        var lines = await taken.OrderBy(c => c.Id)
            .Join(db.Payments, c => c.PaymentId, p => p.Id, (c, p) => new Line(c.Id, p.Id, p.DossierCode, p.Reference, c.Amount, c.Handed, c.Handed - c.Amount, c.TakenAt)).ToListAsync(ct);
        var refunds = await db.Refunds.Where(r => taken.Any(c => c.PaymentId == r.PaymentId)).OrderBy(r => r.Id)
            .Select(r => new RefundLine(r.Id, r.PaymentId ?? Guid.Empty, r.State, r.Amount)).ToListAsync(ct);
        var counts = await db.TillCounts.AsNoTracking().Where(c => c.ShiftId == id).OrderBy(c => c.Number).ToListAsync(ct);
        return new Report(
            ShiftView.Of(shift), Money.AmountInWords.Of(shift.Taken), [.. lines.OrderBy(l => l.CashId)], refunds,
            counts.ConvertAll(c => new Count(c.Number, Banknotes.Read(c.Denominations), c.Total, c.Expected, c.Reason, c.CountedBy, c.CountedAt)));
    }

    private static string Csv(Report report)
    {
        var text = new StringBuilder("kind,time,dossier,reference,amount,handed,change,id\r\n");
        foreach (var l in report.Payments)
            text.Append(CultureInfo.InvariantCulture, $"payment,{l.TakenAt:O},{l.DossierCode},{l.Reference},{l.Amount},{l.Handed},{l.Change},{l.CashId}\r\n");
        foreach (var r in report.Refunds)
            text.Append(CultureInfo.InvariantCulture, $"refund,,,,{r.Amount},,,{r.RefundId}\r\n");
        foreach (var (kind, amount) in new[]
        {
            ("float", report.Shift.Float), ("taken", report.Shift.Taken), ("expected", report.Shift.Expected), ("counted", report.Shift.Counted), ("difference", report.Shift.Difference),
            ("floatReturned", report.Shift.FloatReturned), ("toDeposit", report.Shift.ToDeposit),
        })
            text.Append(CultureInfo.InvariantCulture, $"{kind},,,,{amount},,,\r\n");
        return text.ToString();
    }
}
