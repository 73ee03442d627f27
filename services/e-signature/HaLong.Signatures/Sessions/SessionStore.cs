using HaLong.Messaging;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Sessions;

/// <summary>
/// Reads sessions under their locks and saves them with what they have to tell. Locks are taken in one order everywhere: sessions by id, then
/// an order; so two that want the same never wait for each other in a circle. They leave keys alone (<c>NO KEY</c>): a line of the log that refers to a
/// session
/// can be written by who holds an order only.
/// </summary>
internal sealed class SessionStore(SignatureDbContext db, SessionTelemetry telemetry)
{
    public IQueryable<SigningSession> Whole =>
        db.Set<SigningSession>().Include(s => s.Documents).Include(s => s.Signers).Include(s => s.Signatures).AsSplitQuery();

    /// <summary>Must be called inside a transaction; the locks last as long as it does.</summary>
    public async Task<List<SigningSession>> LockAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToArray();
        db.ChangeTracker.Clear();
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM signing_session WHERE id = ANY({wanted}) ORDER BY id FOR NO KEY UPDATE", ct);
        return await Whole.Where(s => wanted.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(ct);
    }

    /// <summary>One session under its lock, as above; null when there is none.</summary>
    public async Task<SigningSession?> LockAsync(Guid id, CancellationToken ct) => (await LockAsync([id], ct)).SingleOrDefault();

    /// <summary>Null when somebody else is at work on it: he will do what is due.</summary>
    public async Task<SigningSession?> TryLockAsync(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var locked = await db.Database.SqlQuery<Guid>(
            $"SELECT id AS \"Value\" FROM signing_session WHERE id = {id} FOR NO KEY UPDATE SKIP LOCKED").ToListAsync(ct);
        return locked.Count == 0 ? null : await Whole.SingleAsync(s => s.Id == id, ct);
    }

    /// <summary>After the sessions that it touches; null when there is none.</summary>
    public async Task<SigningOrder?> LockOrderAsync(Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM signing_order WHERE id = {id} FOR NO KEY UPDATE", ct);
        return await db.Set<SigningOrder>().Include(o => o.Items.OrderBy(i => i.Number)).SingleOrDefaultAsync(o => o.Id == id, ct);
    }

    /// <summary>Saves everything that was changed; what the sessions log goes into the ceremony log and, where it concerns others, out.</summary>
    public async Task SaveAsync(IReadOnlyCollection<SigningSession> sessions, CancellationToken ct)
    {
        foreach (var session in sessions)
        {
            foreach (var line in session.Log)
            {
                db.Add(line);
                Tell(session, line);
            }

            session.ForgetLog();
        }

        await db.SaveChangesAsync(ct);
    }

    private void Tell(SigningSession s, SigningEvent line)
    {
        var account = s.Signers.Find(x => x.Id == line.SignerId)?.AccountId ?? Guid.Empty;
        switch (line.Step)
        {
            case CeremonyStep.Requested:
                db.Enqueue(new SigningRequested(s.Id, account, s.Subject, s.Deadline, line.OccurredAt));
                break;
            case CeremonyStep.Reminded:
                db.Enqueue(new SigningReminderDue(s.Id, account, s.Subject, s.Deadline, line.OccurredAt));
                break;
            case CeremonyStep.Completed:
                telemetry.Closed(SessionState.Completed);
                db.Enqueue(new SigningCompleted(s.Id, s.Subject, s.CreatedBy,
                    [.. s.Documents.OrderBy(d => d.Number).Select(d => new SignedDocument(d.Id, d.Sha256))], line.OccurredAt));
                break;
            case CeremonyStep.Refused:
                telemetry.Closed(SessionState.Refused);
                db.Enqueue(new SigningRefused(s.Id, s.Subject, s.CreatedBy, account, line.OccurredAt));
                break;
            case CeremonyStep.Expired:
                telemetry.Closed(SessionState.Expired);
                db.Enqueue(new SigningExpired(s.Id, s.Subject, s.CreatedBy, line.OccurredAt));
                break;
            case CeremonyStep.Cancelled:
                telemetry.Closed(SessionState.Cancelled);
                db.Enqueue(new SigningCancelled(s.Id, s.Subject, s.CreatedBy, line.OccurredAt));
                break;
        }
    }
}
