using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>An account is closed: nobody is written to there any more, and what waits to be sent finds no address. Identity has told the owner.</summary>
internal sealed class ForgetContact(ContactBook contacts, ContactProblems problems) : IConsumer<AccountClosed>
{
    public async Task Consume(ConsumeContext<AccountClosed> context)
    {
        await contacts.ForgetAsync(context.Message.AccountId, context.CancellationToken);
        await problems.CloseAsync(context.Message.AccountId, Enum.GetValues<MessageChannel>(), ContactProblem.AccountClosed, context.CancellationToken);
    }
}
