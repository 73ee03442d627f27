using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Persistence;
using HaLong.Payments.Contracts.Events;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Remembers that a payment request was opened, for the filing or for a demand.</summary>
internal sealed class RecordPaymentRequest(DossierDbContext db, TimeProvider time) : IConsumer<PaymentRequested>
{
    public async Task Consume(ConsumeContext<PaymentRequested> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (await db.LockAsync(message.DossierId, ct) is not { } dossier)
            return;
        if (FeeMoments.DemandOf(message.Moment) is { } number)
            (await db.Demands.SingleOrDefaultAsync(d => d.DossierId == dossier.Id && d.Number == number, ct))?.Requested(message.PaymentId);
        else if (dossier.RecordPaymentRequest(message.PaymentId, message.Amount, time.Now()))
            db.Record(dossier);
    }
}
