using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.Payments.Refunds;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>
/// Gives a payment the receipt that it should have, and each of its refunds what lessens or ends it. Says what is to be, not what to do: however
/// often and by whom it is asked, each is there once. Runs in the caller's transaction, and a number is taken in the one that stores its receipt, so that
/// either both are there or neither.
/// </summary>
internal sealed partial class ReceiptBook(PaymentDbContext db, IOptions<ReceiptOptions> options, ReceiptTelemetry telemetry, TimeProvider time, ILogger<ReceiptBook> log)
{
    public async Task<Result> BringUpToDateAsync(Guid paymentId, CancellationToken ct)
    {
        await db.LockPaymentAsync(paymentId, ct);
        var payment = await db.Payments.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(p => p.Id == paymentId, ct);
        if (payment?.SettledAt is null)
            return Result.Success;
        var documents = await db.Receipts.AsNoTracking().AsSplitQuery().Where(r => r.PaymentId == paymentId).ToListAsync(ct);
        var original = documents.Find(d => d.Kind == ReceiptKind.Receipt);
        if (original is null)
        {
            var issued = await IssueAsync(payment, ct);
            if (!issued.IsSuccess)
                return issued.Error;
            original = issued.Value;
        }
        // Those that have their document come first: two refunds may commit in another order than they were paid.
        var done = documents.Select(d => d.RefundId).OfType<Guid>().ToHashSet();
        var refunds = await db.Refunds.AsNoTracking()
            .Where(r => r.PaymentId == paymentId && r.State == RefundState.Paid && r.CaseId == null && !r.IsExcess).ToListAsync(ct);
        var given = refunds.Where(r => done.Contains(r.Id)).Sum(r => r.Amount);
        foreach (var refund in refunds.Where(r => !done.Contains(r.Id)).OrderBy(r => r.PaidAt).ThenBy(r => r.Id))
        {
            given += refund.Amount;
            var amended = given < payment.Amount ? await LessenAsync(original, documents, payment, refund, ct) : await EndAsync(original, documents, payment, refund, ct);
            if (!amended.IsSuccess)
                return amended;
        }
        return Result.Success;
    }

    private async Task<Result<Receipt>> IssueAsync(PaymentRequest payment, CancellationToken ct)
    {
        var series = options.Value.For(payment.UnitCode);
        var number = await TakeNumberAsync(series, payment.SettledAt!.Value, ct);
        if (!number.IsSuccess)
            return number.Error;
        var receipt = Receipt.Of(payment, series, number.Value, time.GetUtcNow());
        Add(receipt);
        db.Enqueue(new ReceiptIssued(
            receipt.Id, payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, receipt.Form, receipt.Symbol, number.Value.Number, receipt.Year, receipt.Amount,
            receipt.IssuedAt));
        return receipt;
    }

    private async Task<Result> LessenAsync(Receipt original, List<Receipt> documents, PaymentRequest payment, MoneyRefund refund, CancellationToken ct)
    {
        var series = options.Value.For(payment.UnitCode);
        var number = await TakeNumberAsync(series, refund.PaidAt!.Value, ct);
        if (!number.IsSuccess)
            return number.Error;
        var adjustment = Receipt.Lessening(original, documents.FindAll(d => d.Kind == ReceiptKind.Adjustment), payment, refund, series, number.Value, time.GetUtcNow());
        documents.Add(adjustment);
        Add(adjustment);
        await StandAsync(original, ReceiptStanding.Adjusted, ct);
        db.Enqueue(new ReceiptAdjusted(
            original.Id, adjustment.Id, refund.Id, payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, adjustment.Form, adjustment.Symbol, number.Value.Number,
            adjustment.Year, adjustment.Amount, adjustment.IssuedAt));
        return Result.Success;
    }

    private async Task<Result> EndAsync(Receipt original, List<Receipt> documents, PaymentRequest payment, MoneyRefund refund, CancellationToken ct)
    {
        var cancellation = Receipt.Ending(original, payment, refund, options.Value.For(payment.UnitCode), time.GetUtcNow());
        Add(cancellation);
        foreach (var ended in documents.Where(d => d.Kind == ReceiptKind.Adjustment).Append(original))
            await StandAsync(ended, ReceiptStanding.Cancelled, ct);
        db.Enqueue(new ReceiptCancelled(
            original.Id, cancellation.Id, refund.Id, payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, original.Amount, cancellation.IssuedAt));
        return Result.Success;
    }

    /// <summary>The next number; the row of its series stays locked until the transaction ends, and a rollback takes the number back.</summary>
    private async Task<Result<ReceiptNumber>> TakeNumberAsync(ReceiptSeriesOptions series, DateTimeOffset at, CancellationToken ct)
    {
        var (now, year) = (time.GetUtcNow(), ReceiptSeries.YearOf(at));
        var taken = await db.Database.SqlQuery<ReceiptNumber>($"""
            INSERT INTO receipt_series (id, tax_code, form, symbol, year, collector, last_number, opened_at)
            VALUES ({Guid.CreateVersion7(now)}, {series.TaxCode}, {series.Form}, {series.SymbolOf(year)}, {year}, {series.Collector}, 1, {now})
            ON CONFLICT (tax_code, form, symbol, year) DO UPDATE SET last_number = receipt_series.last_number + 1
            WHERE receipt_series.last_number < {ReceiptSeries.MaxNumber}
            RETURNING id AS series, last_number AS number
            """).ToListAsync(ct);
        if (taken is [var number])
            return number;
        telemetry.Failed("number");
        UsedUp(log, series.Form, series.SymbolOf(year), year);
        return ReceiptErrors.NumbersUsedUp;
    }

    private void Add(Receipt receipt)
    {
        db.Add(receipt);
        db.Add(ReceiptPaper.Of(receipt));
        db.Enqueue(new ReceiptSealingDue(receipt.Id, 1));
        telemetry.Issued(receipt.Kind);
        Issued(log, receipt.Kind, receipt.Id, receipt.PaymentId, receipt.Number);
    }

    private async Task StandAsync(Receipt receipt, ReceiptStanding standing, CancellationToken ct)
    {
        var paper = db.ReceiptPapers.Local.FirstOrDefault(p => p.ReceiptId == receipt.Id) ?? await db.LockPaperAsync(receipt.Id, ct);
        paper!.Become(standing);
    }

    [LoggerMessage(4140, LogLevel.Information, "{Kind} {ReceiptId} of payment {PaymentId} has number {Number}")]
    private static partial void Issued(ILogger log, ReceiptKind kind, Guid receiptId, Guid paymentId, int? number);

    [LoggerMessage(4141, LogLevel.Critical, "Receipt series {Form} {Symbol} has used all numbers of {Year}: no receipt can be issued until another symbol is configured")]
    private static partial void UsedUp(ILogger log, string form, string symbol, int year);
}
