using HaLong.Messaging;
using HaLong.Payments.Cash;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.Payments.Reconciliation;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Features;

/// <summary>Sees to it that nothing waits for ever: lapsed requests expire, undecided notices are looked at again.</summary>
internal sealed partial class PaymentSweep(
    IServiceScopeFactory scopes, IOptions<PaymentOptions> options, IOptions<BankOptions> bank, PaymentInstruments instruments, TimeProvider time,
    ILogger<PaymentSweep> log)
{
    private const int Batch = 100;

    private DateOnly lastClose;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await ExpireAsync(ct) == Batch)
        {
        }

        while (await RemindAsync(ct) == Batch)
        {
        }

        await using var scope = scopes.CreateAsyncScope();
        await CloseAsync(scope.ServiceProvider.GetRequiredService<DayCloser>(), ct);
        var db = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        // What was signed ahead of our clock holds twice the window; after that the clock refuses a repeat.
        var forgotten = time.GetUtcNow() - (2 * bank.Value.Window);
        await db.SeenSignatures.Where(s => s.SeenAt < forgotten).ExecuteDeleteAsync(ct);
        instruments.Observe(
            await db.Payments.LongCountAsync(p => p.State == PaymentState.Pending, ct),
            await db.Handlings.LongCountAsync(h => h.State == NoticeState.Received, ct));
        var oldest = await db.Cases.Where(c => c.Decision == null).OrderBy(c => c.Id).Select(c => (DateTimeOffset?)c.OpenedAt).FirstOrDefaultAsync(ct);
        await scope.ServiceProvider.GetRequiredService<ShiftWatch>().RunAsync(ct);
        await scope.ServiceProvider.GetRequiredService<ReconciliationWatch>().RunAsync(ct);
        instruments.ObserveCases(await db.Cases.LongCountAsync(c => c.Decision == null, ct), oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero);
    }

    private async Task<int> ExpireAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (books, now) = (scope.ServiceProvider.GetRequiredService<Bookkeeper>(), time.GetUtcNow());
        // The bank may still be telling us about transfers of the last minutes: those are waited for.
        var ids = await db.ClaimLapsedAsync(now - options.Value.Grace, Batch, ct);
        foreach (var payment in await db.Payments.AsSplitQuery().Where(p => ids.Contains(p.Id)).ToListAsync(ct))
        {
            if (!payment.Expire(now))
                continue;
            db.Record(payment);
            books.Released(payment, now);
            db.Enqueue(new PaymentExpired(payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, payment.Amount, now) { Moment = payment.Moment });
            Expired(log, payment.Id);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }

    /// <summary>Closes yesterday once today is old enough. Another replica may have been quicker.</summary>
    private async Task CloseAsync(DayCloser closer, CancellationToken ct)
    {
        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), LocalTime.Zone);
        if (TimeOnly.FromTimeSpan(local.TimeOfDay) < options.Value.CloseAt || lastClose == DateOnly.FromDateTime(local.DateTime))
            return;
        var closed = await closer.CloseAsync(DateOnly.FromDateTime(local.DateTime).AddDays(-1), null, ct);
        if (closed.IsSuccess)
            Closed(log, closed.Value.Day, closed.Value.Entries);
        lastClose = DateOnly.FromDateTime(local.DateTime);
    }

    private async Task<int> RemindAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var ids = await db.ClaimUndecidedAsync(now, now + options.Value.NoticePatience, Batch, ct);
        foreach (var id in ids)
        {
            db.Enqueue(new BankNoticeReceived(id, now));
            Undecided(log, id);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ids.Count;
    }

    [LoggerMessage(4006, LogLevel.Information, "Payment {PaymentId} expired")]
    private static partial void Expired(ILogger log, Guid paymentId);

    [LoggerMessage(4010, LogLevel.Information, "The ledger is closed for {Day}: {Entries} bookings")]
    private static partial void Closed(ILogger log, DateOnly day, int entries);

    [LoggerMessage(4007, LogLevel.Warning, "Notice {NoticeId} is still undecided; its settlement is asked for again")]
    private static partial void Undecided(ILogger log, Guid noticeId);
}

/// <summary>Runs the sweep again and again. Replicas may sweep at the same time: each claims its own rows.</summary>
internal sealed partial class PaymentSweeper(
    PaymentSweep sweep, IOptions<PaymentOptions> options, TimeProvider time, ILogger<PaymentSweeper> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(options.Value.SweepInterval, time, sweep.RunAsync, e => Failed(log, e), stoppingToken, atOnce: true);

    [LoggerMessage(4008, LogLevel.Error, "The payment sweep failed; it runs again at its next turn")]
    private static partial void Failed(ILogger log, Exception exception);
}
