using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that the due date moved with the calendar of working days.</summary>
internal sealed class NotifyDossierDeadlineChanged(OwnerNotifier owner) : IConsumer<DossierDeadlineChanged>
{
    public Task Consume(ConsumeContext<DossierDeadlineChanged> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.DossierDeadlineChanged, $"{e.DossierId:N}/{e.Sequence}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt, Deadline: e.DueAt),
            context.CancellationToken);
    }
}
