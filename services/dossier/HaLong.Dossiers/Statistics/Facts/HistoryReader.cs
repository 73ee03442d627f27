using System.Collections.Concurrent;
using System.Data;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain.Lifecycle;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>
/// Reads histories: of some dossiers, or of all between two ids, in one round trip and one state of the database, whatever their number. Drafts and what
/// was destroyed have none.
/// </summary>
internal sealed class HistoryReader(NpgsqlDataSource database)
{
    private const string Filed = "submitted_at IS NOT NULL AND status <> 'DRAFT' AND destroyed_at IS NULL";

    // Steps that neither change the state nor say anything that a fact tells are left where they are.
    private static readonly string[] Telling = [Moves.Assign, Moves.Release, Moves.Approve, Moves.Refuse, Moves.Extend, Moves.Apologise];

    private readonly ConcurrentDictionary<Guid, ProcedureTraits> procedures = new();

    /// <summary>Of these dossiers, in the order of their ids; those without a history are left out.</summary>
    public Task<List<DossierHistory>> OfAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ReadAsync("= ANY ($1)", [new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] }], ct);

    /// <summary>Of all dossiers after one id up to another one.</summary>
    public Task<List<DossierHistory>> BetweenAsync(Guid after, Guid upTo, CancellationToken ct) => ReadAsync(
        "BETWEEN $1 AND $2", [new NpgsqlParameter<Guid> { TypedValue = after }, new NpgsqlParameter<Guid> { TypedValue = upTo }], ct, except: after);

    /// <summary>The id so many dossiers after another one; null when there are not so many left.</summary>
    public async Task<Guid?> NextAsync(Guid after, int count, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT id FROM dossier WHERE id > $1 ORDER BY id OFFSET $2 LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count - 1 });
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    private async Task<List<DossierHistory>> ReadAsync(string which, NpgsqlParameter[] parameters, CancellationToken ct, Guid except = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var sql in Queries(which))
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(parameters.Select(p => p.Clone()).ToArray());
            batch.BatchCommands.Add(command);
        }
        // The names of moves are ours.
        batch.BatchCommands[1].Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Telling });
        var histories = new List<DossierHistory>();
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (HistoryRows.Dossier(reader) is var history && history.Id != except)
                    histories.Add(history);
            }
            var byId = histories.ToDictionary(h => h.Id);
            await EachAsync(reader, byId, (h, r) => h.Steps.Add(HistoryRows.Step(r)), ct);
            await EachAsync(reader, byId, (h, r) => h.Clock.Add(HistoryRows.Clock(r)), ct);
            await EachAsync(reader, byId, (h, r) => h.Files.Add(HistoryRows.File(r)), ct);
            await EachAsync(reader, byId, (h, r) => h.Demands.Add(r.GetString(1)), ct);
        }
        await transaction.CommitAsync(ct);
        await TellProceduresAsync(histories, ct);
        return histories;
    }

    private static async Task EachAsync(NpgsqlDataReader reader, Dictionary<Guid, DossierHistory> byId, Action<DossierHistory, NpgsqlDataReader> add,
        CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (byId.TryGetValue(reader.GetGuid(0), out var history))
                add(history, reader);
        }
    }

    private static IEnumerable<string> Queries(string which)
    {
        var next = which.StartsWith('=') ? "$2" : "$3";
        yield return $"{HistoryRows.DossierSql} WHERE d.id {which} AND {Filed} ORDER BY d.id";
        yield return $"""
            SELECT dossier_id, at, action, actor_role, from_status, to_status FROM timeline_entry
            WHERE dossier_id {which} AND (from_status <> to_status OR action = ANY ({next})) ORDER BY dossier_id, step
            """;
        yield return $"SELECT dossier_id, number, effect, at, extend_to FROM clock_entry WHERE dossier_id {which} ORDER BY dossier_id, number";
        yield return $"""
            SELECT dossier_id, component, created_at FROM dossier_document
            WHERE dossier_id {which} AND ((kind = 'component' AND component IS NOT NULL) OR kind = 'result')
            """;
        yield return $"SELECT dossier_id, state FROM fee_demand WHERE dossier_id {which}";
    }

    // A version of a procedure never changes: each is read once.
    private async Task TellProceduresAsync(List<DossierHistory> histories, CancellationToken ct)
    {
        var missing = histories.Select(h => h.ProcedureId).Where(id => !procedures.ContainsKey(id)).Distinct().ToArray();
        if (missing.Length > 0)
        {
            await using var command = database.CreateCommand("SELECT id, content FROM procedure WHERE id = ANY ($1)");
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = missing });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                procedures[reader.GetGuid(0)] = ProcedureTraits.Of(CatalogueLoader.Parse(reader.GetString(1)));
        }
        foreach (var history in histories)
            history.Procedure = procedures[history.ProcedureId];
    }
}
