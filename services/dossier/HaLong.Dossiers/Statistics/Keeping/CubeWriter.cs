using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Puts facts in the place of older ones and adds what they change to the cubes. One at a time: see <see cref="KeepLocks"/>.</summary>
internal sealed class CubeWriter(DossierDbContext db)
{
    private readonly FactRows rows = new(db);

    /// <summary>In the transaction of the context, which the caller has begun and ends.</summary>
    /// <param name="facts">By dossier; null takes its fact away.</param>
    /// <param name="suffix">Of the tables; empty for those in use.</param>
    public async Task ApplyAsync(IReadOnlyDictionary<Guid, DossierFact?> facts, string suffix, CancellationToken ct)
    {
        var open = (NpgsqlConnection)db.Database.GetDbConnection();
        var sums = new CellSums();
        foreach (var old in await rows.ReadAsync([.. facts.Keys], suffix, ct))
            sums.Add(old.Value, -1);
        foreach (var fact in facts.Values)
        {
            if (fact is not null)
                sums.Add(fact);
        }

        await rows.ReplaceAsync(open, facts, suffix, ct);
        await CellTables.AddAsync(open, sums, suffix, ct);
    }
}
