using HaLong.Dossiers.Contracts.Events;
using HaLong.Messaging;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Features;

/// <summary>
/// Nobody shall pay for a dossier that ended without a result: what is still open for it is cancelled, and nothing new is asked for, in whatever
/// order the facts arrive. What was paid stays paid; what becomes of it is another decision. A dossier that was refused after appraisal keeps its
/// request: the work was done, and no rule is known that the fee falls away.
/// </summary>
internal sealed partial class CancelPayments(PaymentDbContext db, Bookkeeper books, TimeProvider time, ILogger<CancelPayments> log)
    : IConsumer<DossierWithdrawn>, IConsumer<DossierStopped>, IConsumer<DossierNotAccepted>
{
    public Task Consume(ConsumeContext<DossierWithdrawn> context) =>
        CloseAsync(context.Message.DossierId, ClosedDossier.Withdrawn, context.CancellationToken);

    public Task Consume(ConsumeContext<DossierStopped> context) =>
        CloseAsync(context.Message.DossierId, ClosedDossier.Stopped, context.CancellationToken);

    public Task Consume(ConsumeContext<DossierNotAccepted> context) =>
        CloseAsync(context.Message.DossierId, ClosedDossier.NotAccepted, context.CancellationToken);

    private async Task CloseAsync(Guid dossierId, string reason, CancellationToken ct)
    {
        await db.LockDossierAsync(dossierId, ct);
        if (await db.ClosedDossiers.AnyAsync(d => d.DossierId == dossierId, ct))
            return;
        var now = time.GetUtcNow();
        db.Add(new ClosedDossier { DossierId = dossierId, Reason = reason, ClosedAt = now });
        // Locked, so that a notice that settles at the same moment comes wholly before or wholly after.
        await db.LockOpenAsync(dossierId, ct);
        foreach (var payment in await db.Payments.AsSplitQuery().Where(p => p.DossierId == dossierId).ToListAsync(ct))
        {
            if (!payment.Cancel(reason, now))
                continue;
            db.Record(payment);
            books.Released(payment, now);
            db.Enqueue(new PaymentCancelled(payment.Id, dossierId, payment.DossierCode, payment.OwnerId, payment.Amount, reason, now) { Moment = payment.Moment });
            Cancelled(log, payment.Id, reason);
        }
    }

    [LoggerMessage(4009, LogLevel.Information, "Payment {PaymentId} cancelled: its dossier was {Reason}")]
    private static partial void Cancelled(ILogger log, Guid paymentId, string reason);
}
