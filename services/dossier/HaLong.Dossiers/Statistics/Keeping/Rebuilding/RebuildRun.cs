using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>
/// Makes all facts and cubes anew beside those in use, which are kept meanwhile as always. At the end, while nobody keeps, the dossiers that were touched
/// meanwhile get the fact that is in use, and the tables change places: nothing is lost, and what still differs was wrong.
/// </summary>
internal sealed class RebuildRun(DossierDbContext db, CubeWriter writer, AllFacts allFacts, NpgsqlDataSource database, RebuildBook book)
{
    // Some hundred megabytes.
    private const int MostCells = 250_000, Chunk = 1000;

    // Sorting is what takes long. Hashed sums of so many cells would not fit into memory.
    private const string Settings = "SET enable_hashagg = off; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off";

    private readonly FactRows rows = new(db);

    public async Task RunAsync(RebuildTurn turn, CancellationToken ct)
    {
        var row = turn.Row;
        await PrepareAsync(turn.Held, ct);
        await using var open = await database.OpenConnectionAsync(ct);
        var shadows = new ShadowTables(open);
        await shadows.RunAsync(Settings, ct);
        await PhaseAsync(row, "facts", ct);
        await FactsAsync(row, allFacts(ct), ct);
        await shadows.IndexAsync(facts: true, ct);
        // Dossiers without a history, because they were destroyed, keep the facts that were made of them.
        await FactsAsync(row, rows.WithoutAsync("", ShadowTables.New), ct);
        await PhaseAsync(row, "cells", ct);
        foreach (var sql in CellTables.FillSql(ShadowTables.Part, ShadowTables.New))
        {
            row.Cells += await shadows.RunAsync(sql, ct);
            await book.SaveAsync(row, ct);
        }

        await shadows.IndexAsync(facts: false, ct);
        await PhaseAsync(row, "compare", ct);
        await using var seen = await FinishAsync(turn, row.Kind == RebuildKind.Rebuild, ct);
        await CompareAsync(row, seen, row.Kind == RebuildKind.Rebuild ? ShadowTables.Old : ShadowTables.New, ct);
        await seen.CloseAsync();
        await PhaseAsync(row, "clean", ct);
        await shadows.DropAsync(ct);
    }

    // Which changes wait now: a fact that is derived from here on contains them.
    private static async Task PrepareAsync(NpgsqlConnection held, CancellationToken ct)
    {
        await using var transaction = await held.BeginTransactionAsync(ct);
        var shadows = new ShadowTables(held);
        await shadows.RunAsync(KeepLocks.Keep, ct);
        await shadows.RunAsync("TRUNCATE statistics.rebuild_touched, statistics.rebuild_seen", ct);
        await shadows.RunAsync("INSERT INTO statistics.rebuild_seen (dossier_id, change) SELECT dossier_id, change FROM statistics.changed", ct);
        await shadows.CreateAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task FactsAsync(Rebuild row, IAsyncEnumerable<DossierFact> facts, CancellationToken ct)
    {
        await using var factsTo = await database.OpenConnectionAsync(ct);
        await using var cellsTo = await database.OpenConnectionAsync(ct);
        var sums = new CellSums();
        using var copy = rows.Copy(factsTo, ShadowTables.New);
        await foreach (var fact in facts.WithCancellation(ct))
        {
            rows.Write(copy, fact);
            sums.Add(fact);
            row.Facts++;
            if (sums.Count < MostCells)
                continue;
            CellTables.Copy(cellsTo, sums, ShadowTables.Part);
            sums.Clear();
            await book.SaveAsync(row, ct);
        }

        copy.Complete();
        CellTables.Copy(cellsTo, sums, ShadowTables.Part);
    }

    /// <returns>A connection that sees everything as it was in this moment.</returns>
    private async Task<NpgsqlConnection> FinishAsync(RebuildTurn turn, bool swap, CancellationToken ct)
    {
        await KeepLocks.AskAsync(turn.Held, KeepLocks.HoldKeep, ct);
        try
        {
            await using (var transaction = await db.Database.BeginTransactionAsync(ct))
            {
                db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
                await EqualiseAsync(swap, ct);
                if (swap)
                {
                    turn.Row.Taken = await db.Database.ExecuteSqlAsync(
                        $"DELETE FROM statistics.changed c USING statistics.rebuild_seen s WHERE s.dossier_id = c.dossier_id AND s.change = c.change", ct);
                    await new ShadowTables((NpgsqlConnection)db.Database.GetDbConnection()).SwapAsync(ct);
                }

                await transaction.CommitAsync(ct);
            }

            var seen = await database.OpenConnectionAsync(ct);
            await new ShadowTables(seen).RunAsync("SET work_mem = '256MB'; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM statistics.rebuild", ct);
            return seen;
        }
        finally
        {
            await KeepLocks.AskAsync(turn.Held, KeepLocks.LeaveKeep, CancellationToken.None);
        }
    }

    // What was kept meanwhile has the fact in use. So has what is marked: the mark still stands, unless it was there at the beginning and is done with.
    private async Task EqualiseAsync(bool swap, CancellationToken ct)
    {
        var ids = await db.Database.SqlQuery<Guid>($"""
            SELECT dossier_id AS "Value" FROM statistics.rebuild_touched UNION
            SELECT c.dossier_id FROM statistics.changed c
            WHERE NOT {swap} OR NOT EXISTS (SELECT FROM statistics.rebuild_seen s WHERE s.dossier_id = c.dossier_id AND s.change = c.change)
            """).ToListAsync(ct);
        foreach (var chunk in ids.Chunk(Chunk))
        {
            var inUse = await rows.ReadAsync(chunk, "", ct);
            await writer.ApplyAsync(chunk.ToDictionary(id => id, id => inUse.GetValueOrDefault(id)), ShadowTables.New, ct);
        }
    }

    private static async Task CompareAsync(Rebuild row, NpgsqlConnection seen, string other, CancellationToken ct)
    {
        row.DifferingFacts = await CountAsync(
            $"SELECT count(*) FROM {FactRows.Table} a FULL JOIN {FactRows.Table}{other} b USING (dossier_id) WHERE ROW (a.*) IS DISTINCT FROM ROW (b.*)");
        row.DifferingCells = 0;
        foreach (var sql in CellTables.DifferencesSql("", other))
            row.DifferingCells += await CountAsync(sql);

        async Task<long> CountAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, seen) { CommandTimeout = 0 };
            return (long)(await command.ExecuteScalarAsync(ct))!; // a count is there always
        }
    }

    private async Task PhaseAsync(Rebuild row, string phase, CancellationToken ct)
    {
        row.Phase = phase;
        await book.SaveAsync(row, ct);
    }
}
