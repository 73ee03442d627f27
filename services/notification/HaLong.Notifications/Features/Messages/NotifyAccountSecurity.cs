using System.Globalization;
using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the owner how the account's ways in have changed, in case it was somebody else.</summary>
internal sealed class NotifyAccountSecurity(OwnerNotifier owner, ContactBook contacts) : IConsumer<AccountSecurityChanged>
{
    public async Task Consume(ConsumeContext<AccountSecurityChanged> context)
    {
        var e = context.Message;
        // Where the owner was reached some minutes ago may be what was changed.
        await contacts.ForgetAsync(e.AccountId, context.CancellationToken);
        await owner.NotifyAsync(
            new NotifyOwner(NoticeKinds.AccountSecurityChanged, Trigger(e.Change, e.OccurredAt), e.AccountId, null, null, e.OccurredAt, Change: e.Change),
            context.CancellationToken);
    }

    /// <summary>The fact by what and when: these events have no number of their own.</summary>
    public static string Trigger(string change, DateTimeOffset at) => $"{change}:{at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}";
}
