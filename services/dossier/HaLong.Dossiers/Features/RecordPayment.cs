using HaLong.Dossiers.Fees;
using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Remembers that fees arrived, of the filing or of a demand, and tells it on; once, whatever the order and number of messages. The last demand
/// lets the handling go on.
/// </summary>
internal sealed class RecordPayment(FeeNews news) : IConsumer<PaymentSettled>
{
    public Task Consume(ConsumeContext<PaymentSettled> context)
    {
        var paid = context.Message;
        return news.RecordAsync(paid.DossierId, paid.Moment, "pay", (dossier, now) => dossier.RecordPayment(paid.PaymentId, paid.Amount, now, paid.Provider),
            (dossier, demand, now) => dossier.RecordPayment(demand, paid.PaymentId, paid.Amount, now, paid.Provider), context.CancellationToken);
    }
}
