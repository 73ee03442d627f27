using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Planning;

/// <summary>Notices that are given later: written down with the fact, given by whichever process is there at their time.</summary>
internal sealed class NoticeSchedule(NotificationDbContext db, OwnerNotifier owner, RuleMetrics metrics, TimeProvider clock)
{
    /// <summary>A reminder that would come sooner after its demand than this is none.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromHours(12);

    /// <summary>Puts a notice off to a time; the same one a second time changes nothing. Nothing when that time is past, or close to now.</summary>
    public Task AddAsync(NotifyOwner notice, DateTimeOffset due, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (due < now + TooSoon)
            return Task.CompletedTask;
        var json = JsonSerializer.Serialize(notice, JsonSerializerOptions.Web);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO scheduled_notice (id, recipient_id, kind, trigger, due_at, notice)
            VALUES ({Guid.CreateVersion7(now)}, {notice.RecipientId}, {notice.Kind}, {notice.Trigger}, {due}, {json}::jsonb) ON CONFLICT DO NOTHING
            """, ct);
    }

    /// <summary>Gives the notice that is longest due, in a transaction of its own; one whose condition no longer holds goes silently. False when none is due.</summary>
    public async Task<bool> GiveNextAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var next = await db.Set<ScheduledNotice>()
            .FromSql($"SELECT * FROM scheduled_notice WHERE due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED").AsNoTracking().ToListAsync(ct);
        if (next is not [var due])
            return false;
        await owner.NotifyAsync(Read(due), ct);
        await db.SaveChangesAsync(ct);
        await db.Set<ScheduledNotice>().Where(n => n.Id == due.Id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        metrics.Reminded(now - due.DueAt);
        return true;
    }

    private static NotifyOwner Read(ScheduledNotice due) =>
        JsonSerializer.Deserialize<NotifyOwner>(due.Notice, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"Scheduled notice {due.Id} is empty.");
}
