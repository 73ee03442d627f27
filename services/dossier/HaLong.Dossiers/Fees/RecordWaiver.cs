using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Dossiers.Fees;

/// <summary>Remembers that nothing is charged, for the filing or for a demand, so that nobody waits for money; once, whatever the order and number of messages.</summary>
internal sealed class RecordWaiver(FeeNews news) : IConsumer<PaymentWaived>
{
    public Task Consume(ConsumeContext<PaymentWaived> context) => news.RecordAsync(context.Message.DossierId, context.Message.Moment, "waiveFee",
        (dossier, now) => dossier.RecordWaiver(now), (dossier, demand, now) => dossier.RecordWaiver(demand, now), context.CancellationToken);
}
