using HaLong.Identity.Contracts.Events;
using HaLong.Notifications.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.PushSubscriptions;

/// <summary>An account is closed: its devices are forgotten, with their addresses.</summary>
internal sealed class ForgetPushDevices(NotificationDbContext db) : IConsumer<AccountClosed>
{
    public Task Consume(ConsumeContext<AccountClosed> context) =>
        db.PushSubscriptions.Where(d => d.AccountId == context.Message.AccountId).ExecuteDeleteAsync(context.CancellationToken);
}
