using HaLong.Notifications.Domain;
using HaLong.Signatures.Contracts.Events;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner what happened to his credential to sign with, as what happens to the ways into his account, in case it was somebody else.</summary>
internal sealed class NotifyCredential(OwnerNotifier owner) : IConsumer<CredentialChanged>
{
    public Task Consume(ConsumeContext<CredentialChanged> context)
    {
        var e = context.Message;
        return owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.AccountSecurityChanged, NotifyAccountSecurity.Trigger(e.Change, e.OccurredAt), e.AccountId, null, null, e.OccurredAt, Change: e.Change),
            context.CancellationToken);
    }
}
