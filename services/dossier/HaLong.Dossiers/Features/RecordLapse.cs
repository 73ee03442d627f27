using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Persistence;
using HaLong.Payments.Contracts.Events;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Remembers that a payment request lapsed unpaid, so that an officer can demand the money again.</summary>
internal sealed class RecordLapse(DossierDbContext db, DossierTelemetry telemetry, TimeProvider time) : IConsumer<PaymentExpired>
{
    public async Task Consume(ConsumeContext<PaymentExpired> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (await db.LockAsync(message.DossierId, ct) is not { } dossier)
            return;
        var number = FeeMoments.DemandOf(message.Moment);
        var lapsed = number is null
            ? dossier.RecordLapse(message.PaymentId, time.Now())
            : await db.Demands.SingleOrDefaultAsync(d => d.DossierId == dossier.Id && d.Number == number, ct) is { } demand
                && dossier.RecordLapse(demand, time.Now());
        if (!lapsed)
            return;
        db.Record(dossier);
        telemetry.Moved("lapsePayment");
    }
}
