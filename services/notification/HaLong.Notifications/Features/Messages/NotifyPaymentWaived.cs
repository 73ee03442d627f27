using HaLong.Notifications.Domain;
using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that there is nothing to pay. Not why: what somebody is exempt for says how he lives.</summary>
internal sealed class NotifyPaymentWaived(OwnerNotifier owner) : IConsumer<PaymentWaived>
{
    public Task Consume(ConsumeContext<PaymentWaived> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.PaymentWaived, $"{e.DossierId:N}-{e.Moment}", e.OwnerId, e.DossierId, e.DossierCode, e.OccurredAt, e.FullAmount),
            context.CancellationToken);
    }
}
