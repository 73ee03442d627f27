using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Contacts;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>An account is closed: nobody is written to there any more, and what waits to be sent finds no address. Identity has told the owner.</summary>
internal sealed class ForgetContact(ContactBook contacts) : IConsumer<AccountClosed>
{
    public Task Consume(ConsumeContext<AccountClosed> context) => contacts.ForgetAsync(context.Message.AccountId, context.CancellationToken).AsTask();
}
