using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner that the signed result is there, and when it is what was asked for and comes before its date, that too.</summary>
internal sealed class NotifyDossierResultReady(OwnerNotifier owner) : IConsumer<DossierResultReady>
{
    public Task Consume(ConsumeContext<DossierResultReady> context)
    {
        var e = context.Message;
        // Nobody is to be congratulated on an early refusal.
        var early = e.DueAt > e.OccurredAt && e.Outcome != "REFUSED";
        return owner.NotifyAsync(
            new NotifyOwner(
                early ? NoticeKinds.DossierResultEarly : NoticeKinds.DossierResultReady,
                $"{e.DossierId:N}/{e.Sequence}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt,
                Deadline: early ? e.DueAt : null),
            context.CancellationToken);
    }
}
