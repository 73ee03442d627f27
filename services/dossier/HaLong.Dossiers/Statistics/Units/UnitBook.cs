using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Units;

/// <summary>The units that statistics know.</summary>
internal sealed class UnitBook(DossierDbContext db, NpgsqlDataSource database)
{
    /// <summary>The unit and all below it, in whatever version: whoever looks at a year must see the districts that were then.</summary>
    public async Task<IReadOnlyList<string>> BelowAsync(string code, CancellationToken ct) => await db.Database.SqlQuery<string>(
        $"""
        WITH RECURSIVE below (code) AS (
          SELECT {code} UNION SELECT u.code FROM statistics.unit u JOIN below b ON u.parent_code = b.code
        )
        SELECT code AS "Value" FROM below ORDER BY code COLLATE "C"
        """).ToListAsync(ct);

    /// <summary>The same units; null where no other has dossiers: what is summed over all is read from fewer cells.</summary>
    public async Task<IReadOnlyList<string>?> OrAllAsync(IReadOnlyList<string>? units, CancellationToken ct) =>
        units is null || await AllUnits.AreAsync(database, units, ct) ? null : units;

    /// <summary>The newest version of each unit, by code.</summary>
    public async Task<IReadOnlyDictionary<string, StatisticsUnit>> NamesAsync(CancellationToken ct) =>
        (await db.Set<StatisticsUnit>().AsNoTracking().ToListAsync(ct)).GroupBy(u => u.Code, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.MaxBy(u => u.Id, StringComparer.Ordinal)!, StringComparer.Ordinal);
}
