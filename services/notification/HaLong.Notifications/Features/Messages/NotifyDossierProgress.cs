using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner what happens to the dossier on the way, and how it ends when it does not end with a result.</summary>
internal sealed class NotifyDossierProgress(OwnerNotifier owner)
    : IConsumer<DossierSupplementRequested>, IConsumer<DossierSupplemented>, IConsumer<DossierNotAccepted>, IConsumer<DossierRefused>, IConsumer<DossierStopped>,
      IConsumer<DossierWithdrawn>, IConsumer<DossierOverdue>, IConsumer<DossierDeadlineExtended>, IConsumer<DossierResultCorrected>
{
    public Task Consume(ConsumeContext<DossierSupplementRequested> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierSupplementRequested, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt, Deadline: e.Deadline), context);
    }

    public Task Consume(ConsumeContext<DossierSupplemented> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierSupplemented, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt), context);
    }

    public Task Consume(ConsumeContext<DossierNotAccepted> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierNotAccepted, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt), context);
    }

    public Task Consume(ConsumeContext<DossierRefused> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierRefused, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt), context);
    }

    public Task Consume(ConsumeContext<DossierStopped> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierStopped, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt), context);
    }

    public Task Consume(ConsumeContext<DossierWithdrawn> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierWithdrawn, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt), context);
    }

    public Task Consume(ConsumeContext<DossierOverdue> context)
    {
        var e = context.Message;
        var kind = e.DueAt is null ? NoticeKinds.DossierOverdueAgain : NoticeKinds.DossierOverdue;
        return TellAsync(new NotifyOwner(kind, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt, Deadline: e.DueAt), context);
    }

    public Task Consume(ConsumeContext<DossierDeadlineExtended> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierDeadlineExtended, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt, Deadline: e.DueAt), context);
    }

    public Task Consume(ConsumeContext<DossierResultCorrected> context)
    {
        var e = context.Message;
        return TellAsync(new NotifyOwner(NoticeKinds.DossierResultCorrected, Trigger(e.DossierId, e.Sequence), e.OwnerId, e.DossierId, e.Code, e.OccurredAt), context);
    }

    private Task TellAsync(NotifyOwner notice, ConsumeContext context) => owner.NotifyAsync(notice, context.CancellationToken);

    private static string Trigger(Guid dossierId, long sequence) => $"{dossierId:N}/{sequence}";
}
