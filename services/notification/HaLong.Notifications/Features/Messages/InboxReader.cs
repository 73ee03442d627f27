using System.Buffers.Binary;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Messages;

/// <summary>
/// Reads on in an inbox from a message on. Ids tell when a message was made, not when its transaction committed: one that was made a little
/// before the last one shown may appear after it. So each look goes back over a while and leaves out what was shown.
/// </summary>
internal sealed class InboxReader(IServiceScopeFactory scopes, Guid account, Guid last)
{
    /// <summary>No transaction that tells people takes longer.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private const int AtOnce = 100;
    private readonly HashSet<Guid> shown = [last];
    private Guid newest = last;

    /// <summary>What is new, oldest first, and how much is unread.</summary>
    public async Task<(IReadOnlyList<MessageView> New, int Unread)> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDbContext>();
        var fresh = new List<MessageView>();
        for (var from = Before(newest, Overlap); ;)
        {
            var page = await db.Messages.AsNoTracking().Where(m => m.RecipientId == account && m.Channel == MessageChannel.InApp && m.Id > from)
                .OrderBy(m => m.Id).Take(AtOnce).Select(MessageView.From).ToListAsync(ct);
            fresh.AddRange(page.Where(m => shown.Add(m.Id)));
            if (page.Count < AtOnce)
                break;
            from = page[^1].Id;
        }

        if (fresh.Count > 0 && TimeOf(fresh[^1].Id) > TimeOf(newest))
            newest = fresh[^1].Id;
        Forget();
        return (fresh, await ReadMessages.Unread(db, account).Take(ReadMessages.MostCounted).CountAsync(ct));
    }

    /// <summary>The newest message of an inbox: where a stream begins that does not go on from somewhere.</summary>
    public static async Task<Guid> NewestAsync(NotificationDbContext db, Guid account, CancellationToken ct) =>
        await db.Messages.Where(m => m.RecipientId == account && m.Channel == MessageChannel.InApp).OrderByDescending(m => m.Id).Select(m => m.Id).FirstOrDefaultAsync(ct);

    /// <summary>What is further back than any look is not kept.</summary>
    private void Forget()
    {
        var oldest = TimeOf(newest) - (2 * (long)Overlap.TotalMilliseconds);
        shown.RemoveWhere(id => TimeOf(id) < oldest);
    }

    /// <summary>The smallest id of the time before another one.</summary>
    internal static Guid Before(Guid id, TimeSpan time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, TimeOf(id) - (long)time.TotalMilliseconds) << 16);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Milliseconds since 1970, the first 48 bits of a UUIDv7.</summary>
    internal static long TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16;
    }
}
