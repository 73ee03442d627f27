using HaLong.Payments.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner what to pay and until when.</summary>
internal sealed class NotifyPaymentRequested(OwnerNotifier owner) : IConsumer<PaymentRequested>
{
    public Task Consume(ConsumeContext<PaymentRequested> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.PaymentRequested, $"{e.PaymentId:N}", e.OwnerId, e.DossierId, e.DossierCode, e.OccurredAt, e.Amount, e.ExpiresAt),
            context.CancellationToken);
    }
}
