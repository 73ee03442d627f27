using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Payments.Contracts.Events;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Fees;

/// <summary>Remembers that nothing is charged, for the filing or for a demand, so that nobody waits for money; once, whatever the order and number of messages.</summary>
internal sealed class RecordWaiver(DossierDbContext db, LifecycleDesk desk, DossierTelemetry telemetry) : IConsumer<PaymentWaived>
{
    public async Task Consume(ConsumeContext<PaymentWaived> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (await db.LockAsync(message.DossierId, ct) is not { } dossier)
            return;
        var number = FeeMoments.DemandOf(message.Moment);
        var known = number is null
            ? dossier.RecordWaiver(desk.Now)
            : await db.Demands.SingleOrDefaultAsync(d => d.DossierId == dossier.Id && d.Number == number, ct) is { } demand && dossier.RecordWaiver(demand, desk.Now);
        if (!known)
            return;
        await desk.ReckonAsync(dossier, ct);
        db.Record(dossier);
        telemetry.Moved("waiveFee");
    }
}
