using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Papers;

/// <summary>
/// Counts twice a minute which papers wait, and takes up those that nobody has worked on for long: their note was lost, or they are of a form
/// from before papers were made.
/// </summary>
internal sealed partial class PaperWatch(
    IServiceScopeFactory scopes, PaperTelemetry telemetry, IOptions<DossierOptions> options, TimeProvider time, ILogger<PaperWatch> log) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossierDbContext>();
        await TakeUpAsync(db, ct);
        var now = time.GetUtcNow();
        var open = await db.FormPapers.Where(p => p.SignedAt == null).GroupBy(p => p.Kind)
            .Select(g => new { g.Key, Count = g.LongCount(), Oldest = g.Min(p => p.CreatedAt) }).ToDictionaryAsync(g => g.Key, ct);
        telemetry.Show([.. PaperForm.All.Where(k => k != PaperForm.Register).Select(kind =>
            open.TryGetValue(kind, out var o) ? new PapersWaiting(kind, o.Count, (now - o.Oldest).TotalSeconds) : new PapersWaiting(kind, 0, 0))]);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(Interval, time, LookAsync, e => WatchFailed(log, e), stoppingToken, atOnce: true);

    /// <summary>Rows that another replica has at this moment are left to it. A note too many does no harm.</summary>
    private async Task TakeUpAsync(DossierDbContext db, CancellationToken ct)
    {
        var now = time.Now();
        var before = now - options.Value.PaperSilence;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var left = await db.FormPapers.FromSql($"""
            SELECT * FROM form_paper WHERE signed_at IS NULL AND tried_at < {before} ORDER BY tried_at LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var paper in left)
        {
            paper.TakenUp(now);
            if (paper.WrittenAt is null)
                db.Enqueue(new PaperWritingDue(paper.Id, 1));
            else
                db.Enqueue(new PaperSigningDue(paper.Id, 1));
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (left.Count > 0)
            TakenUp(log, left.Count);
    }

    [LoggerMessage(4062, LogLevel.Warning, "Counting or taking up papers failed; tried again later")]
    private static partial void WatchFailed(ILogger log, Exception e);

    [LoggerMessage(4063, LogLevel.Information, "Took up {Papers} papers that nobody had worked on")]
    private static partial void TakenUp(ILogger log, int papers);
}
