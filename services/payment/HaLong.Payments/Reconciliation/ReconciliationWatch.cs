using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Reconciliation;

/// <summary>Reconciles by itself each day whose statement has come since it was last looked at, from the morning on; counts what nobody has resolved.</summary>
internal sealed class ReconciliationWatch(
    PaymentDbContext db, Reconciler reconciler, IOptions<PaymentOptions> options, PaymentInstruments instruments, TimeProvider time)
{
    private const int DaysBack = 7;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var local = TimeZoneInfo.ConvertTime(now, LocalTime.Zone);
        if (TimeOnly.FromTimeSpan(local.TimeOfDay) >= options.Value.ReconcileAt)
        {
            var today = DateOnly.FromDateTime(local.DateTime);
            foreach (var day in await DueAsync(today, ct))
            {
                await reconciler.RunAsync(day, null, ct);
                await MarkAsync(day, now, ct);
            }
        }
        var open = await db.Database.SqlQuery<OpenRow>($"""
            SELECT count(*) AS lines, min(r.run_at) AS oldest FROM reconciliation_line l JOIN reconciliation_run r ON r.id = l.run_id
            WHERE l.result <> 'matched' AND NOT EXISTS (SELECT 1 FROM reconciliation_run later WHERE later.day = r.day AND later.version > r.version)
              AND NOT EXISTS (SELECT 1 FROM money_case c WHERE c.id = l.case_id AND c.decision IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM reconciliation_explanation e WHERE e.identity = l.identity AND e.result = l.result)
            """).SingleAsync(ct);
        instruments.ObserveDifferences(open.Lines, open.Oldest is { } since ? now - since : TimeSpan.Zero);
    }

    /// <summary>Days of the last week with a statement that came after the day was last looked at.</summary>
    private Task<List<DateOnly>> DueAsync(DateOnly today, CancellationToken ct) => db.Database.SqlQuery<DateOnly>($"""
        SELECT d.day AS "Value" FROM (SELECT {today}::date - n AS day FROM generate_series(1, {DaysBack}) AS n) d
        WHERE EXISTS (SELECT 1 FROM statement_file f WHERE f."from" <= d.day AND f."to" >= d.day
            AND f.imported_at > coalesce((SELECT c.looked_at FROM reconciliation_day c WHERE c.day = d.day), '-infinity'))
        ORDER BY 1
        """).ToListAsync(ct);

    private Task<int> MarkAsync(DateOnly day, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO reconciliation_day (day, looked_at) VALUES ({day}, {now}) ON CONFLICT (day) DO UPDATE SET looked_at = greatest(reconciliation_day.looked_at, excluded.looked_at)
        """, ct);

    private sealed record OpenRow(long Lines, DateTimeOffset? Oldest);
}

/// <summary>When the platform last looked at a day by itself.</summary>
internal sealed class ReconciliationDay
{
    public DateOnly Day { get; init; }
    public DateTimeOffset LookedAt { get; init; }
}
