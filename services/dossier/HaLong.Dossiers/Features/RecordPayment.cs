using HaLong.Dossiers.Persistence;
using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Dossiers.Features;

/// <summary>Remembers that the fees arrived and tells it on; once, whatever the order and number of messages.</summary>
internal sealed class RecordPayment(DossierDbContext db, DossierTelemetry telemetry, TimeProvider time) : IConsumer<PaymentSettled>
{
    public async Task Consume(ConsumeContext<PaymentSettled> context)
    {
        var message = context.Message;
        if (await db.LockAsync(message.DossierId, context.CancellationToken) is not { } dossier
            || !dossier.RecordPayment(message.PaymentId, message.Amount, time.Now()))
            return;
        db.Record(dossier);
        telemetry.Moved("pay");
    }
}
