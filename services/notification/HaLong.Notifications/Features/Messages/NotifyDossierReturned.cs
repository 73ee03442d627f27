using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that the result was handed over.</summary>
internal sealed class NotifyDossierReturned(OwnerNotifier owner) : IConsumer<DossierReturned>
{
    public Task Consume(ConsumeContext<DossierReturned> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.DossierReturned, $"{e.DossierId:N}/{e.Sequence}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt),
            context.CancellationToken);
    }
}
