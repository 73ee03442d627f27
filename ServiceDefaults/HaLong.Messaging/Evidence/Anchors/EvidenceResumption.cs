using Npgsql;

namespace HaLong.Messaging;

/// <summary>
/// Goes on after a database was restored to an earlier moment: takes over the anchors that the witness has kept meanwhile and lets the chain continue behind
/// them. What was lost stays missing for everybody who verifies; without this the witness would refuse every further anchor.
/// </summary>
internal sealed class EvidenceResumption(NpgsqlDataSource database, IWitness witness, EvidenceOwner owner)
{
    // Nobody chains or anchors meanwhile.
    private const string Locks = """
        SELECT pg_advisory_xact_lock(hashtext('halong.evidence'), hashtext(current_schema())),
            pg_advisory_xact_lock(hashtext('halong.evidence-anchor'), hashtext(current_schema()))
        """;

    private const string MoveHead = """
        INSERT INTO evidence_head AS h (partition, position, hash) VALUES ($1, $2, $3)
        ON CONFLICT (partition) DO UPDATE SET position = excluded.position, hash = excluded.hash WHERE h.position < excluded.position
        """;

    /// <returns>How many anchors were taken over.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var take = new NpgsqlCommand(Locks, connection))
        {
            await take.ExecuteNonQueryAsync(ct);
        }

        var own = (await new EvidenceReader(connection, owner.Name).AnchorsAsync(EvidenceMonths.All, ct)).Select(a => (a.Says.Partition, a.Says.From)).ToHashSet();
        var taken = 0;
        await foreach (var kept in witness.ReadAsync(owner.Name, EvidenceMonths.All.From, EvidenceMonths.All.To, ct))
        {
            if (own.Contains((kept.Statement.Partition, kept.Statement.From)))
            {
                continue;
            }

            // Asked for what it has, it gives the time-stamp too.
            var anchor = await witness.WitnessAsync(kept.Statement, ct);
            await AnchorStep.KeepAsync(connection, anchor, ct);
            await using var move = new NpgsqlCommand(MoveHead, connection)
            {
                Parameters = { new() { Value = anchor.Statement.Partition }, new() { Value = anchor.Statement.To }, new() { Value = anchor.Statement.Head } },
            };
            await move.ExecuteNonQueryAsync(ct);
            taken++;
        }

        await transaction.CommitAsync(ct);
        return taken;
    }
}
