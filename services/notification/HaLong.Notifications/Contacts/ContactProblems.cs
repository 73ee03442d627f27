using HaLong.Messaging;
using HaLong.Notifications.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Contacts;

/// <summary>The record of who is not reached where the account says.</summary>
internal sealed class ContactProblems(NotificationDbContext db, TimeProvider clock)
{
    public Task<bool> IsOpenAsync(Guid account, MessageChannel channel, CancellationToken ct) =>
        db.Set<ContactProblem>().AnyAsync(p => p.AccountId == account && p.Channel == channel && p.ResolvedAt == null, ct);

    /// <summary>
    /// Nobody was reached: opens the task, tells its owner in the inbox and the neighbours by event; a task that is open already only counts on.
    /// A device that is gone is no task: its browser signs up anew by itself.
    /// </summary>
    public async Task NoteAsync(Guid account, MessageChannel channel, string reason)
    {
        if (channel is MessageChannel.Push or MessageChannel.InApp)
            return;
        var now = clock.GetUtcNow();
        var (id, word) = (Guid.CreateVersion7(now), Words.Of(channel));
        if (reason.Length > 200)
            reason = reason[..200];
        var opened = await db.Database.SqlQuery<bool>(
            $"""
            INSERT INTO contact_problem AS known (id, account_id, channel, reason, since, last_at, times)
            VALUES ({id}, {account}, {word}, {reason}, {now}, {now}, 1)
            ON CONFLICT (account_id, channel) WHERE resolved_at IS NULL
            DO UPDATE SET last_at = excluded.last_at, reason = excluded.reason, times = known.times + 1
            RETURNING id = {id} AS "Value"
            """).ToListAsync(CancellationToken.None);
        if (opened is not [true])
            return;
        db.Enqueue(new ContactPointFailing(account, word, reason, now));
        db.Enqueue(new NotifyOwner(NoticeKinds.ContactFailing, $"{id:N}", account, null, null, now, Change: ChangeOf(channel), Quiet: true));
    }

    /// <summary>Ends the open tasks of an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="channels">About which channels.</param>
    /// <param name="resolution">Why, a word of <see cref="ContactProblem.Resolution"/>.</param>
    /// <param name="ct">Stops it.</param>
    public Task CloseAsync(Guid account, IReadOnlyList<MessageChannel> channels, string resolution, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<ContactProblem>().Where(p => p.AccountId == account && channels.Contains(p.Channel) && p.ResolvedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ResolvedAt, now).SetProperty(p => p.Resolution, resolution), ct);
    }

    /// <summary>Ends the tasks about channels through which something has arrived since. How many are still open.</summary>
    public async Task<int> CloseDeliveredAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Set<ContactProblem>()
            .Where(p => p.ResolvedAt == null && db.Messages.Any(
                m => m.RecipientId == p.AccountId && m.Channel == p.Channel && m.State == MessageState.Delivered && m.DeliveredAt > p.LastAt))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.ResolvedAt, now).SetProperty(p => p.Resolution, ContactProblem.Delivered), ct);
        return await db.Set<ContactProblem>().CountAsync(p => p.ResolvedAt == null, ct);
    }

    /// <summary>The word of <see cref="AccountChanges"/> for what fails.</summary>
    private static string ChangeOf(MessageChannel channel) => channel == MessageChannel.Email ? "email_failing" : "phone_failing";
}
