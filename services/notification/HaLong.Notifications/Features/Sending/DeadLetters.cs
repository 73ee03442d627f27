using HaLong.Messaging;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Workers;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Sending;

/// <summary>
/// Drives messages again that were given up. They go the way of every message: attempts without an answer are asked about first, the gate ends what has
/// expired or need not be sent any more, the schedule begins anew. Each order is evidence.
/// </summary>
internal sealed class DeadLetters(NotificationDbContext db, Signals signals, TimeProvider clock)
{
    public const int Most = 1000;

    public async Task<Result<Message>> RedriveAsync(Guid id, CancellationToken ct)
    {
        if (await db.Messages.SingleOrDefaultAsync(m => m.Id == id && m.Channel != MessageChannel.InApp, ct) is not { } message)
            return SendingErrors.MessageNotFound;
        if (message.State != MessageState.Failed)
            return SendingErrors.NotFailed;
        if (message.Body.Length == 0)
            return SendingErrors.TextRemoved;
        message.Redrive(clock.GetUtcNow(), await LostAttempts.In(db).AnyAsync(a => a.MessageId == id, ct));
        db.Record("message.redriven", id.ToString(), new { id, message.LastError });
        await SaveAsync(ct);
        return message;
    }

    /// <summary>The oldest first, at most <see cref="Most"/>.</summary>
    /// <returns>How many are meant, and the id of the order; none in a dry run.</returns>
    public async Task<(int Count, Guid? Order)> RedriveAsync(MessageFilter filter, DateTimeOffset? createdBefore, int most, bool dryRun, CancellationToken ct)
    {
        var meant = filter.Of(db.Messages).Where(m => m.Body != "");
        if (createdBefore is { } before)
            meant = meant.Where(m => m.CreatedAt < before);
        var first = meant.OrderBy(m => m.Id).Take(most);
        if (dryRun)
            return (await first.CountAsync(ct), null);
        var messages = await first.ToListAsync(ct);
        var now = clock.GetUtcNow();
        var inDoubt = await LostAttempts.In(db).Where(a => first.Any(m => m.Id == a.MessageId)).Select(a => a.MessageId).ToHashSetAsync(ct);
        messages.ForEach(m => m.Redrive(now, inDoubt.Contains(m.Id)));
        var order = Guid.CreateVersion7(now);
        if (messages.Count > 0)
            db.Record("messages.redriven", order.ToString(), new { filter, createdBefore, messages = messages.Select(m => m.Id) });
        await SaveAsync(ct);
        return (messages.Count, messages.Count > 0 ? order : null);
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        // Heard by all replicas when the transaction of the request commits.
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Signals.MailChannel}, '')", ct);
        signals.Mail.Pulse();
    }
}
