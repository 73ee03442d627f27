using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that the dossier was filed.</summary>
internal sealed class NotifyDossierSubmitted(OwnerNotifier owner) : IConsumer<DossierSubmitted>
{
    public Task Consume(ConsumeContext<DossierSubmitted> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.DossierSubmitted, $"{e.DossierId:N}/{e.Sequence}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt),
            context.CancellationToken);
    }
}
