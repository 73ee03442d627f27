using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that a draft will be deleted unless somebody works on it. Each time anew: drafts have no sequence of facts.</summary>
internal sealed class NotifyDraftExpiring(OwnerNotifier owner) : IConsumer<DossierDraftExpiring>
{
    public Task Consume(ConsumeContext<DossierDraftExpiring> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.DossierDraftExpiring, $"{e.DossierId:N}/draft/{e.OccurredAt.ToUnixTimeSeconds()}", e.OwnerId, e.DossierId, null, e.OccurredAt, Deadline: e.DeleteAfter),
            context.CancellationToken);
    }
}
