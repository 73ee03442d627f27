using System.Runtime.CompilerServices;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Register;

/// <summary>Which rows: of a unit and year, accepted in a period.</summary>
internal sealed record RegisterQuery(string Unit, int Year, DateTimeOffset From, DateTimeOffset To, Guid? Book = null);

/// <summary>Reads rows of the register by number. Whoever reads them has read about their owners, and they can see that.</summary>
internal sealed class RegisterRows(DossierDbContext db, ReadRecord reads)
{
    private const int Chunk = 1000;

    /// <summary>Rows after a number, and that they were read.</summary>
    public async Task<List<RegisterRow>> PageAsync(RegisterQuery query, int after, int count, CancellationToken ct)
    {
        var lines = await LinesAsync(query, after, count, ct);
        await reads.AddPageAsync(ReadRecord.Register, lines.Select(l => l.OwnerId), ct);
        db.ChangeTracker.Clear();
        return lines.ConvertAll(RegisterRow.Of);
    }

    /// <summary>All rows, a thousand at a time in memory.</summary>
    public async IAsyncEnumerable<List<RegisterRow>> AllAsync(RegisterQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var (after, rows) = (0, await PageAsync(query, 0, Chunk, ct)); rows.Count > 0; rows = await PageAsync(query, after, Chunk, ct))
        {
            after = rows[^1].Number;
            yield return rows;
        }
    }

    /// <summary>All rows of a book, for its PDF: made by the platform, so nobody reads.</summary>
    public async Task<List<RegisterRow>> OfBookAsync(RegisterBook book, CancellationToken ct)
    {
        var query = new RegisterQuery(book.UnitCode, book.Year, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1000), book.Id);
        return (await LinesAsync(query, 0, int.MaxValue, ct)).ConvertAll(RegisterRow.Of);
    }

    public Task<int> CountAsync(RegisterQuery query, CancellationToken ct) =>
        db.RegisterEntries.CountAsync(e => e.UnitCode == query.Unit && e.Year == query.Year && e.AcceptedAt >= query.From && e.AcceptedAt < query.To, ct);

    // The form of a dossier may be long; only two of its fields are read.
    private Task<List<RegisterLine>> LinesAsync(RegisterQuery query, int after, int count, CancellationToken ct) => db.Database.SqlQuery<RegisterLine>($"""
        SELECT e.number, b.number AS book, d.id AS dossier_id, d.owner_id, d.code, d.procedure_code, d.procedure_name_vi AS procedure_name, d.owner_name AS owner,
            left(coalesce(d.data ->> 'address', d.data ->> 'diaChi'), 300) AS address, left(coalesce(d.data ->> 'phone', d.data ->> 'dienThoai'), 300) AS phone,
            d.unit_name_vi AS agency, e.accepted_at, d.due_at, d.resolved_at, d.returned_at, d.return_method, d.returned_to, d.status, d.outcome, d.corrections
        FROM register_entry e JOIN register_book b ON b.id = e.book_id JOIN dossier d ON d.id = e.dossier_id
        WHERE e.unit_code = {query.Unit} AND e.year = {query.Year} AND e.number > {after} AND e.accepted_at >= {query.From} AND e.accepted_at < {query.To}
            AND ({query.Book}::uuid IS NULL OR e.book_id = {query.Book})
        ORDER BY e.number LIMIT {count}
        """).ToListAsync(ct);
}
