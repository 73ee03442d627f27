using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that the dossier was received, and when its result is due.</summary>
internal sealed class NotifyDossierAccepted(OwnerNotifier owner) : IConsumer<DossierAccepted>
{
    public Task Consume(ConsumeContext<DossierAccepted> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.DossierAccepted, $"{e.DossierId:N}/{e.Sequence}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt, Deadline: e.DueAt),
            context.CancellationToken);
    }
}
