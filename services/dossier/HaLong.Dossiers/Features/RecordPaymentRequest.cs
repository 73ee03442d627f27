using HaLong.Dossiers.Persistence;
using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Dossiers.Features;

/// <summary>Remembers that a payment request was opened.</summary>
internal sealed class RecordPaymentRequest(DossierDbContext db, TimeProvider time) : IConsumer<PaymentRequested>
{
    public async Task Consume(ConsumeContext<PaymentRequested> context)
    {
        var message = context.Message;
        if (await db.LockAsync(message.DossierId, context.CancellationToken) is { } dossier
            && dossier.RecordPaymentRequest(message.PaymentId, message.Amount, time.Now()))
            db.Record(dossier);
    }
}
