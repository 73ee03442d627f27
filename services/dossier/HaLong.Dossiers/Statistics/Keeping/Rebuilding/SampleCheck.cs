using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>Derives the facts of dossiers drawn by chance anew and counts those that add something else to the cubes than what is in use.</summary>
internal sealed class SampleCheck(DossierDbContext db, FactsOf factsOf)
{
    private const int Chunk = 200;

    private readonly FactRows rows = new(db);

    public async Task RunAsync(Rebuild row, int size, CancellationToken ct)
    {
        var ids = await db.Database.SqlQuery<Guid>(
            $"""SELECT dossier_id AS "Value" FROM statistics.fact ORDER BY random() LIMIT {size}""").ToListAsync(ct);
        row.DifferingFacts = 0;
        foreach (var chunk in ids.Chunk(Chunk))
        {
            // First what is in use, then what should be: whatever changes in between is marked by then.
            var inUse = await rows.ReadAsync(chunk, "", ct);
            var derived = await factsOf(chunk, ct);
            var marked = await db.Database.SqlQuery<Guid>(
                $"""SELECT dossier_id AS "Value" FROM statistics.changed WHERE dossier_id = ANY ({chunk})""").ToListAsync(ct);
            var settled = await rows.ReadAsync(chunk, "", ct);
            row.Facts += chunk.Length;
            row.DifferingFacts += derived.Count(f => !marked.Contains(f.DossierId) && inUse.TryGetValue(f.DossierId, out var old) && Differs(f, old)
                && settled.TryGetValue(f.DossierId, out var now) && !Differs(old, now));
        }
    }

    private static bool Differs(DossierFact a, DossierFact b)
    {
        var sums = new CellSums();
        sums.Add(a);
        sums.Add(b, -1);
        return sums.Days.Changed.Any() || sums.WaitDays.Changed.Any();
    }
}
