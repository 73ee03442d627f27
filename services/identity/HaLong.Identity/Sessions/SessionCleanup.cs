using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Sessions;

/// <summary>Ends what nobody uses any more, and forgets what has ended long ago.</summary>
internal sealed class SessionCleanup(IdentityDbContext db, Revocations revocations, IOptions<SessionOptions> options)
{
    private const int Batch = 500;

    /// <summary>A void is of no use once every token it could mean has run out; kept a little for whoever looks into an incident.</summary>
    private static readonly TimeSpan KeepVoids = TimeSpan.FromHours(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (people, staff) = (options.Value.People, options.Value.Staff);
        // Some of both kinds at a time, each ended properly: its front ends are told.
        foreach (var (limits, isStaff) in new[] { (people, false), (staff, true) })
        {
            var (unused, old) = (now - limits.Idle, now - limits.Absolute);
            List<Session> over;
            do
            {
                over = await db.Sessions.Where(s => s.EndedAt == null && s.IsStaff == isStaff && (s.LastSeenAt < unused || s.StartedAt < old))
                    .OrderBy(s => s.LastSeenAt).Take(Batch).ToListAsync(ct);
                over.ForEach(s => revocations.End(s, EndReasons.Expired));
                await db.SaveChangesAsync(ct);
            }
            while (over.Count == Batch);
        }

        var (forgotten, harmless) = (now - options.Value.KeepEnded, now - KeepVoids);
        await db.Sessions.Where(s => s.EndedAt < forgotten).ExecuteDeleteAsync(ct);
        await db.Revocations.Where(r => r.At < harmless).ExecuteDeleteAsync(ct);
        await db.UsedAssertions.Where(a => a.ExpiresAt < now).ExecuteDeleteAsync(ct);
    }
}
