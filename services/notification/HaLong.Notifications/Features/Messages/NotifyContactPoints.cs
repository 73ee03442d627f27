using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner in the inbox and by e-mail that a contact point changed; the old place was told by identity, which alone still knows it.</summary>
internal sealed class NotifyContactPoints(OwnerNotifier owner, ContactBook contacts, ContactProblems problems) : IConsumer<ContactPointsChanged>
{
    public async Task Consume(ConsumeContext<ContactPointsChanged> context)
    {
        var e = context.Message;
        var change = $"{e.Kind}_{e.Change}";
        await contacts.ForgetAsync(e.AccountId, context.CancellationToken);
        // Another number or mailbox, or a code that came back from it: the task is done.
        MessageChannel[] channels = e.Kind == "email" ? [MessageChannel.Email] : [MessageChannel.Sms, MessageChannel.Zalo];
        await problems.CloseAsync(e.AccountId, channels, ContactProblem.ContactChanged, context.CancellationToken);
        await owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.ContactPointsChanged, NotifyAccountSecurity.Trigger(change, e.OccurredAt), e.AccountId, null, null, e.OccurredAt, Change: change),
            context.CancellationToken);
    }
}
