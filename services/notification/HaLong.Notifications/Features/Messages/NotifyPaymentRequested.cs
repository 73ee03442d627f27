using HaLong.Dossiers.Contracts;
using HaLong.Payments.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>
/// Tells the owner what to pay and until when, once it can be paid. What fell due in the course of handling has words of its own: the clock
/// stands until it is paid.
/// </summary>
internal sealed class NotifyPaymentRequested(OwnerNotifier owner) : IConsumer<PaymentRequested>
{
    public Task Consume(ConsumeContext<PaymentRequested> context)
    {
        var e = context.Message;
        var kind = FeeMoments.DemandOf(e.Moment) is null ? NoticeKinds.PaymentRequested : NoticeKinds.DossierFeeDue;
        return owner.NotifyAsync(
            new NotifyOwner(kind, $"{e.PaymentId:N}", e.OwnerId, e.DossierId, e.DossierCode, e.OccurredAt, e.Amount, e.ExpiresAt),
            context.CancellationToken);
    }
}
