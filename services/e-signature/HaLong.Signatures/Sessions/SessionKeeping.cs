using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Sessions;

/// <summary>What falls due in sessions by the clock: reminders, deadlines, the end of retention. Each session in a transaction of its own.</summary>
internal sealed partial class SessionKeeping(SignatureDbContext db, SessionStore store, SessionContents contents, IOptions<SessionOptions> options,
    TimeProvider time, SessionTelemetry telemetry, ILogger<SessionKeeping> log)
{
    private const int AtATime = 100;

    private static readonly SignerState[] Moving = [SignerState.Waiting, SignerState.Viewing, SignerState.Signing, SignerState.Failed];

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var sessions = db.Set<SigningSession>();
        await EachAsync(sessions.Where(s => s.NextReminderAt <= now).OrderBy(s => s.NextReminderAt), s => Remind(s, now), ct);
        // Signatures that are here are put in first: the person was in time.
        var answered = db.Set<SigningItem>().Where(i => i.State == ItemState.Answered);
        await EachAsync(sessions.Where(s => s.State == SessionState.Open && s.Deadline <= now && !answered.Any(i => i.SessionId == s.Id)).OrderBy(s =>
            s.Deadline),
            s => Expire(s, now), ct);
        var before = now.AddDays(-options.Value.KeepDays);
        await EachAsync(sessions.Where(s => s.ClosedAt <= before && s.ContentsDeletedAt == null).OrderBy(s => s.ClosedAt), s => DeleteAsync(s, now, ct), ct);
        await MeasureAsync(now, ct);
    }

    private async Task EachAsync(IQueryable<SigningSession> due, Func<SigningSession, Task> work, CancellationToken ct)
    {
        foreach (var id in await due.Select(s => s.Id).Take(AtATime).ToListAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await store.TryLockAsync(id, ct) is not { } session)
                continue;
            await work(session);
            await store.SaveAsync([session], ct);
            await transaction.CommitAsync(ct);
        }
    }

    private static Task Remind(SigningSession session, DateTimeOffset now)
    {
        session.Remind(now);
        return Task.CompletedTask;
    }

    private Task Expire(SigningSession session, DateTimeOffset now)
    {
        session.Expire(now);
        if (session.State == SessionState.Expired)
            Expired(log, session.Id);
        return Task.CompletedTask;
    }

    private async Task DeleteAsync(SigningSession session, DateTimeOffset now, CancellationToken ct)
    {
        if (session.ContentsDeletedAt is not null)
            return;
        await contents.DeleteAsync(session.Documents.ConvertAll(d => d.Id), ct);
        session.DeleteContents(now);
        Deleted(log, session.Id);
    }

    private async Task MeasureAsync(DateTimeOffset now, CancellationToken ct)
    {
        var open = db.Set<SigningSession>().Where(s => s.State == SessionState.Open);
        var waits = await db.Set<SessionSigner>().Where(s => Moving.Contains(s.State)).Join(open, s => s.SessionId, o => o.Id, (s, _) => s.ChangedAt)
            .GroupBy(_ => 1).Select(g => new { Count = g.LongCount(), Oldest = g.Min() }).SingleOrDefaultAsync(ct);
        telemetry.Observe(await open.LongCountAsync(ct), waits?.Count ?? 0, waits is null ? TimeSpan.Zero : now - waits.Oldest);
    }

    [LoggerMessage(5140, LogLevel.Information, "Session {SessionId} expired")]
    private static partial void Expired(ILogger log, Guid sessionId);

    [LoggerMessage(5141, LogLevel.Information, "The files of session {SessionId} were deleted after their retention")]
    private static partial void Deleted(ILogger log, Guid sessionId);
}
