using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>
/// What the portal makes of a unit in a month. A result that was there in time and told late is the synchronisation's fault and not the officers': it is told
/// apart. By days, and by the promise that holds now.
/// </summary>
/// <param name="Month">yyyy-MM.</param>
/// <param name="Received">Dossiers received.</param>
/// <param name="Acknowledged">Of these, the portal knows.</param>
/// <param name="Resolved">Dossiers resolved.</param>
/// <param name="LateByUs">Resolved after the due day.</param>
/// <param name="LateBySync">Resolved in time, but the portal heard of the result after the due day, or has not heard of it and the day has passed.</param>
internal sealed record PortalMonth(string UnitCode, string Month, long Received, long Acknowledged, long Resolved, long LateByUs, long LateBySync)
{
    /// <summary>Acknowledged of received (indicator 1.4); null when nothing was received.</summary>
    public decimal? Synchronised => Received == 0 ? null : Math.Round((decimal)Acknowledged / Received, 4);
}

/// <summary>Counts it.</summary>
internal sealed class PunctualityReader(DossierDbContext db)
{
    /// <param name="units">Only these; null: all.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="today">What is not acknowledged by now is late from tomorrow's view of its due day.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<PortalMonth>> ReadAsync(IReadOnlyList<string>? units, DateOnly from, DateOnly to, DateOnly today, CancellationToken ct)
    {
        string[]? codes = units is null ? null : [.. units];
        return await db.Database.SqlQuery<PortalMonth>($"""
            SELECT unit_code, month, sum(received)::bigint AS received, sum(acknowledged)::bigint AS acknowledged, sum(resolved)::bigint AS resolved,
              sum(late_by_us)::bigint AS late_by_us, sum(late_by_sync)::bigint AS late_by_sync
            FROM (
              SELECT unit_code, to_char(received_on, 'YYYY-MM') AS month, 1 AS received,
                  CASE WHEN reception_acknowledged_at IS NULL THEN 0 ELSE 1 END AS acknowledged,
                0 AS resolved, 0 AS late_by_us, 0 AS late_by_sync
              FROM portal.ledger WHERE received_on BETWEEN {from} AND {to} AND ({codes}::text[] IS NULL OR unit_code = ANY ({codes}))
              UNION ALL
              SELECT unit_code, to_char(resolved_on, 'YYYY-MM'), 0, 0, 1, CASE WHEN resolved_on > due_on THEN 1 ELSE 0 END,
                CASE WHEN resolved_on <= due_on AND coalesce((result_acknowledged_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, {today}) > due_on THEN 1 ELSE 0 END
              FROM portal.ledger WHERE resolved_on BETWEEN {from} AND {to} AND ({codes}::text[] IS NULL OR unit_code = ANY ({codes}))
            ) dossiers
            GROUP BY unit_code, month ORDER BY unit_code COLLATE "C", month
            """).ToListAsync(ct);
    }
}
