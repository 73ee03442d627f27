using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Payments.Contracts.Events;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Remembers that fees arrived, of the filing or of a demand, and tells it on; once, whatever the order and number of messages. The last demand
/// lets the handling go on.
/// </summary>
internal sealed class RecordPayment(DossierDbContext db, LifecycleDesk desk, DossierTelemetry telemetry) : IConsumer<PaymentSettled>
{
    public async Task Consume(ConsumeContext<PaymentSettled> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (await db.LockAsync(message.DossierId, ct) is not { } dossier)
            return;
        var number = FeeMoments.DemandOf(message.Moment);
        var known = number is null
            ? dossier.RecordPayment(message.PaymentId, message.Amount, desk.Now)
            : await db.Demands.SingleOrDefaultAsync(d => d.DossierId == dossier.Id && d.Number == number, ct) is { } demand
                && dossier.RecordPayment(demand, message.PaymentId, message.Amount, desk.Now);
        if (!known)
            return;
        await desk.ReckonAsync(dossier, ct);
        db.Record(dossier);
        telemetry.Moved("pay");
    }
}
