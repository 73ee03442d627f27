using HaLong.Messaging;
using HaLong.Payments.Cases;
using HaLong.Payments.Cash;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>Settles what a stored notice pays, exactly once; what pays nothing is kept with its reason and reported.</summary>
internal sealed partial class SettlePayment(
    PaymentDbContext db, Bookkeeper books, CaseOpener cases, DepositArrival deposits, TimeProvider time, PaymentInstruments instruments, ILogger<SettlePayment> log) : IConsumer<BankNoticeReceived>
{
    public async Task Consume(ConsumeContext<BankNoticeReceived> context)
    {
        var (noticeId, ct) = (context.Message.NoticeId, context.CancellationToken);
        using var activity = PaymentInstruments.Source.StartActivity("settle");
        var handling = await db.LockHandlingAsync(noticeId, ct);
        if (handling.State != NoticeState.Received)
            return;

        var notice = await db.Notices.AsNoTracking().SingleAsync(n => n.Id == noticeId, ct);
        var now = time.GetUtcNow();
        if (await deposits.ByNoticeAsync(notice, now, ct))
        {
            handling.Deposited(now);
            return;
        }

        var (payment, reason) = await FindAsync(notice, ct);
        reason ??= payment?.Settle(notice, now);
        activity?.SetTag("payment.outcome", reason is null ? "settled" : Words.Of(reason.Value));
        if (payment is not null && reason is null)
            Settle(payment, notice, handling, now);
        else
            await MismatchAsync(reason ?? MismatchReason.UnknownReference, payment, notice, handling, now, ct);
    }

    /// <summary>The locked request that the remittance text names. One that names none, or several, is not guessed at.</summary>
    private async Task<(PaymentRequest? Payment, MismatchReason? Reason)> FindAsync(BankNotice notice, CancellationToken ct)
    {
        // Each look at the database is a wait, and there are as many as notices: locked when found, and the few lines of a request read with it.
        var ids = await db.LockReferencedAsync(PaymentReference.FindIn(notice.Remittance), ct);
        if (ids.Count != 1)
            return (null, ids.Count == 0 ? MismatchReason.UnknownReference : MismatchReason.AmbiguousReference);
        return (await db.Payments.AsSingleQuery().SingleAsync(p => p.Id == ids[0], ct), null);
    }

    private void Settle(PaymentRequest payment, BankNotice notice, NoticeHandling handling, DateTimeOffset now)
    {
        handling.Settle(payment.Id, now);
        books.Settled(payment, notice);
        db.Record(payment);
        db.Enqueue(new PaymentSettled(
            payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, payment.Amount, now, notice.Provider)
        { Moment = payment.Moment });
        instruments.Settled(now - notice.ReceivedAt);
        Settled(log, payment.Id, notice.Id);
    }

    private async Task MismatchAsync(MismatchReason reason, PaymentRequest? payment, BankNotice notice, NoticeHandling handling, DateTimeOffset now, CancellationToken ct)
    {
        await cases.OpenAsync(notice, reason, payment, now, ct);
        handling.Mismatch(reason, payment?.Id, now);
        if (payment is not null)
        {
            payment.Misfit(notice, now);
            db.Record(payment);
        }

        books.Unmatched(notice, payment);
        db.Enqueue(new PaymentMismatched(notice.Id, notice.Provider, Words.Of(reason), notice.Amount, now));
        instruments.Mismatched(reason);
        Mismatched(log, notice.Id, reason);
    }

    [LoggerMessage(4004, LogLevel.Information, "Payment {PaymentId} settled by notice {NoticeId}")]
    private static partial void Settled(ILogger log, Guid paymentId, Guid noticeId);

    [LoggerMessage(4005, LogLevel.Warning, "Notice {NoticeId} paid nothing: {Reason}")]
    private static partial void Mismatched(ILogger log, Guid noticeId, MismatchReason reason);
}
