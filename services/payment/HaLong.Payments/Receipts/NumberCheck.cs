using HaLong.Payments.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Receipts;

/// <summary>One series and whether its numbers are 1 to the last, each once.</summary>
/// <param name="TaxCode">Of the collector.</param>
/// <param name="Form">Form symbol.</param>
/// <param name="Symbol">Receipt symbol.</param>
/// <param name="Year">Year of the numbers.</param>
/// <param name="LastNumber">The last that was given.</param>
/// <param name="Receipts">How many receipts there are.</param>
/// <param name="FirstMissing">The first number without a receipt; null when there is none.</param>
/// <param name="Holds">Nothing is missing.</param>
internal sealed record SeriesReport(string TaxCode, string Form, string Symbol, int Year, int LastNumber, int Receipts, int? FirstMissing, bool Holds);

/// <summary>Counts the numbers of series again. One pass over an index for each series; only a series with a gap is read number by number.</summary>
internal static class NumberCheck
{
    /// <summary>Of one year, of one collector or all of them.</summary>
    public static Task<List<SeriesReport>> ReadAsync(PaymentDbContext db, int year, string? taxCode, CancellationToken ct) => db.Database.SqlQuery<SeriesReport>($"""
        SELECT s.tax_code, s.form, s.symbol, s.year, s.last_number, c.receipts, g.first_missing, c.receipts = s.last_number AND c.highest = s.last_number AS holds
        FROM receipt_series s
        CROSS JOIN LATERAL (SELECT count(*)::int AS receipts, coalesce(max(r.number), 0) AS highest FROM receipt r WHERE r.series_id = s.id) c
        LEFT JOIN LATERAL (
            SELECT min(n.number) AS first_missing
            FROM (SELECT 1 AS number UNION ALL SELECT r.number + 1 FROM receipt r WHERE r.series_id = s.id AND r.number < s.last_number) n
            WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.series_id = s.id AND r.number = n.number)) g ON c.receipts <> s.last_number
        WHERE s.year = {year} AND ({taxCode}::text IS NULL OR s.tax_code = {taxCode})
        ORDER BY s.tax_code, s.form, s.symbol
        """).ToListAsync(ct);
}
