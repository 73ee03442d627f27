using HaLong.Payments.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that the money has arrived.</summary>
internal sealed class NotifyPaymentSettled(OwnerNotifier owner) : IConsumer<PaymentSettled>
{
    public Task Consume(ConsumeContext<PaymentSettled> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.PaymentSettled, $"{e.PaymentId:N}", e.OwnerId, e.DossierId, e.DossierCode, e.OccurredAt, e.Amount),
            context.CancellationToken);
    }
}
