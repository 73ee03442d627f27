using HaLong.Messaging;
using HaLong.Payments.Persistence;
using HaLong.Payments.Refunds;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Receipts;

/// <summary>
/// Sees to it that no money stays without its receipt and no receipt without its seal: counts both, asks again for what lies too long, and once an hour
/// counts the numbers. Replicas may watch at the same time: a note too many does no harm.
/// </summary>
internal sealed partial class ReceiptWatch(
    IServiceScopeFactory scopes, ReceiptTelemetry telemetry, IOptions<ReceiptOptions> options, TimeProvider time, ILogger<ReceiptWatch> log) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan CheckInterval = TimeSpan.FromHours(1);

    private DateTimeOffset checkedAt = DateTimeOffset.MinValue;

    public async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<PaymentDbContext>(), time.GetUtcNow());
        var missing = await RemindAsync(db, now, ct);
        await TakeUpAsync(db, now, ct);
        var unsealed = db.ReceiptPapers.Where(p => p.State == PaperState.Issued);
        var oldest = await unsealed.OrderBy(p => p.CreatedAt).Select(p => (DateTimeOffset?)p.CreatedAt).FirstOrDefaultAsync(ct);
        var last = await db.ReceiptSeries.Where(s => s.Year == ReceiptSeries.YearOf(now)).MaxAsync(s => (int?)s.LastNumber, ct);
        telemetry.Show(new ReceiptsWaiting(
            missing, await unsealed.LongCountAsync(ct), oldest is { } since ? now - since : TimeSpan.Zero, last is { } n ? ReceiptSeries.MaxNumber - n : null));
        await CheckAsync(db, now, ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.WatchInterval, time, LookAsync, e => Failed(log, e), stoppingToken, atOnce: true);

    /// <summary>Payments that were settled, or of which money was given back, and that lack a document; gives how many.</summary>
    private async Task<long> RemindAsync(PaymentDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var (from, until) = (now - options.Value.LookBack, now - options.Value.Patience);
        var settled = db.Payments.Where(p => p.SettledAt > from && p.SettledAt <= until && !db.Receipts.Any(r => r.PaymentId == p.Id && r.Kind == ReceiptKind.Receipt))
            .Select(p => p.Id);
        var refunded = db.Refunds.Where(f => f.PaidAt > from && f.PaidAt <= until && f.State == RefundState.Paid && f.CaseId == null && !f.IsExcess && f.PaymentId != null
            && !db.Receipts.Any(r => r.RefundId == f.Id)).Select(f => f.PaymentId!.Value);
        var lacking = settled.Union(refunded);
        var ids = await lacking.Take(Batch).ToListAsync(ct);
        if (ids.Count == 0)
            return 0;
        foreach (var id in ids)
            db.Enqueue(new ReceiptDue(id));
        await db.SaveChangesAsync(ct);
        Reminded(log, ids.Count);
        return ids.Count < Batch ? ids.Count : await lacking.LongCountAsync(ct);
    }

    /// <summary>Rows that another replica has at this moment are left to it.</summary>
    private async Task TakeUpAsync(PaymentDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var before = now - options.Value.Patience;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ids = await db.Database.SqlQuery<Guid>($"""
            UPDATE receipt_paper SET tried_at = {now} WHERE receipt_id IN (
                SELECT receipt_id FROM receipt_paper WHERE state = 'issued' AND tried_at < {before} ORDER BY tried_at LIMIT {Batch} FOR UPDATE SKIP LOCKED)
            RETURNING receipt_id
            """).ToListAsync(ct);
        foreach (var id in ids)
            db.Enqueue(new ReceiptSealingDue(id, 1));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (ids.Count > 0)
            TakenUp(log, ids.Count);
    }

    private async Task CheckAsync(PaymentDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        if (now - checkedAt < CheckInterval)
            return;
        var broken = (await NumberCheck.ReadAsync(db, ReceiptSeries.YearOf(now), null, ct)).FindAll(s => !s.Holds);
        telemetry.ShowGaps(broken.Count);
        foreach (var series in broken)
            Gap(log, series.Form, series.Symbol, series.Year, series.FirstMissing);
        checkedAt = now;
    }

    [LoggerMessage(4145, LogLevel.Error, "Looking after receipts failed; tried again at the next turn")]
    private static partial void Failed(ILogger log, Exception e);

    [LoggerMessage(4146, LogLevel.Warning, "{Payments} payments lack a receipt or what lessens it; asked for again")]
    private static partial void Reminded(ILogger log, int payments);

    [LoggerMessage(4147, LogLevel.Warning, "Took up {Receipts} receipts that nobody had worked on")]
    private static partial void TakenUp(ILogger log, int receipts);

    [LoggerMessage(4148, LogLevel.Critical, "The numbers of receipt series {Form} {Symbol} of {Year} have a gap, first at {Number}")]
    private static partial void Gap(ILogger log, string form, string symbol, int year, int? number);
}
