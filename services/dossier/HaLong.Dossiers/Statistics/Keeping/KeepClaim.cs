using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>
/// Some changed dossiers taken over in one transaction. A mark is read before the fact is derived and goes only if it is still the same: what changes
/// in between is marked again and comes again.
/// </summary>
internal sealed class KeepClaim(DossierDbContext db, CubeWriter writer, FactsOf factsOf)
{
    /// <summary>The dossiers of the claim.</summary>
    public IReadOnlyList<Guid> Dossiers { get; private set; } = [];

    /// <returns>Null when another replica is at it.</returns>
    public async Task<int?> RunAsync(int size, Guid[] without, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var open = (NpgsqlConnection)db.Database.GetDbConnection();
        if (!await KeepLocks.AskAsync(open, KeepLocks.TryKeep, ct))
            return null;
        var marks = await db.Database.SqlQuery<Mark>(
            $"SELECT dossier_id, change FROM statistics.changed WHERE dossier_id <> ALL ({without}) ORDER BY change LIMIT {size}").ToListAsync(ct);
        if (marks.Count == 0)
            return 0;
        Guid[] ids = [.. marks.Select(m => m.DossierId)];
        Dossiers = ids;
        // Whoever has no history any more keeps the fact that was made of it.
        var facts = (await factsOf(ids, ct)).ToDictionary(f => f.DossierId, f => (DossierFact?)f);
        if (facts.Count > 0)
            await writer.ApplyAsync(facts, "", ct);
        long[] changes = [.. marks.Select(m => m.Change)];
        await db.Database.ExecuteSqlAsync($"""
            DELETE FROM statistics.changed c USING unnest({ids}, {changes}) AS m (id, change) WHERE c.dossier_id = m.id AND c.change = m.change
            """, ct);
        // Whoever makes everything anew at this time has to look at them again.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO statistics.rebuild_touched (dossier_id) SELECT unnest({ids})
            WHERE EXISTS (SELECT FROM statistics.rebuild WHERE ended_at IS NULL) ON CONFLICT DO NOTHING
            """, ct);
        await transaction.CommitAsync(ct);
        return marks.Count;
    }

    private sealed record Mark(Guid DossierId, long Change);
}
