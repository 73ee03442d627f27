using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>
/// What time alone does to feedback: past its date it is late, and what the author did not complete is closed. Replicas do not meet: the first
/// is one statement, the second skips what another one holds.
/// </summary>
internal sealed class FeedbackClaim(DossierDbContext db, FeedbackDesk desk)
{
    private const string NotCompleted = "Hết thời hạn mà người phản ánh, kiến nghị không bổ sung thông tin. (The information asked for was not given in time.)";

    /// <summary>Marks what is past its date; how much.</summary>
    public Task<int> MarkLateAsync(DateTimeOffset now, CancellationToken ct) => db.Set<Feedback>()
        .Where(f => f.OnTime == null && f.DueAt < now).ExecuteUpdateAsync(s => s.SetProperty(f => f.OnTime, false), ct);

    /// <summary>Closes what was not completed; how much.</summary>
    public async Task<int> LapseAsync(int size, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var rows = await db.Set<Feedback>().FromSql($"""
            SELECT *, xmin FROM feedback WHERE state = 'awaitingSupplement' AND supplement_until < {now}
            ORDER BY supplement_until LIMIT {size} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var feedback in rows)
        {
            feedback.Lapse(NotCompleted, now);
            await desk.SaveAsync(feedback, "lapsed", ct);
        }

        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    /// <summary>What waits for the agency.</summary>
    public async Task<OpenFeedback> CountAsync(DateTimeOffset now, CancellationToken ct) =>
        await db.Set<Feedback>().Where(f => f.DueAt != null).GroupBy(_ => 1)
            .Select(g => new OpenFeedback(g.LongCount(), g.LongCount(f => f.DueAt < now), g.Min(f => f.DueAt))).SingleOrDefaultAsync(ct)
                ?? new OpenFeedback(0, 0, null);
}
