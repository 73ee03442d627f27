using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that the signed result is there.</summary>
internal sealed class NotifyDossierResultReady(OwnerNotifier owner) : IConsumer<DossierResultReady>
{
    public Task Consume(ConsumeContext<DossierResultReady> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.DossierResultReady, $"{e.DossierId:N}/{e.Sequence}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt),
            context.CancellationToken);
    }
}
