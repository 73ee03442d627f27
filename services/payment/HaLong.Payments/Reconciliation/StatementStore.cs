using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace HaLong.Payments.Reconciliation;

/// <summary>Keeps files and their entries. What an earlier file brought is recognised by the bank's number and not kept twice.</summary>
internal sealed partial class StatementStore(PaymentDbContext db, TimeProvider time, ILogger<StatementStore> log)
{
    public async Task<Result<StatementFile>> TakeAsync(FileKind kind, string source, string scope, string hash, StatementDraft draft, Caller caller, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Files of one account come one after the other: the same one twice at once is taken over once.
        await db.LockWordAsync($"statement:{kind}:{scope}", ct);
        if (await db.StatementFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Kind == kind && f.Scope == scope && f.Hash == hash, ct) is { } known)
            return known;
        var now = StoredTime.Of(time);
        var id = Guid.CreateVersion7(now);
        await CopyAsync(draft.Entries, ct);
        var faults = await ContradictionsAsync(kind, scope, ct);
        if (faults.Any)
            return faults.ToError();
        var file = new StatementFile
        {
            Id = id,
            Kind = kind,
            Source = source,
            Scope = scope,
            Format = draft.Format,
            Hash = hash,
            From = draft.From,
            To = draft.To,
            Opening = draft.Opening,
            Closing = draft.Closing,
            Entries = draft.Entries.Count,
            Added = await db.Database.SqlQuery<int>($"""
                SELECT count(*)::int AS "Value" FROM statement_draft d
                WHERE NOT EXISTS (SELECT 1 FROM statement_entry e WHERE e.kind = {Words.Of(kind)} AND e.scope = {scope} AND e.bank_reference = d.bank_reference)
                """).SingleAsync(ct),
            UnitCode = caller.Unit,
            ImportedBy = caller.ActorId,
            ImportedAt = now,
        };
        db.Add(file);
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO statement_entry (file_id, line, kind, source, scope, booked_on, bank_reference, amount, reversal, text, match_key)
            SELECT {id}, line, {Words.Of(kind)}, {source}, {scope}, booked_on, bank_reference, amount, reversal, text, match_key FROM statement_draft ORDER BY line, bank_reference
            ON CONFLICT (kind, scope, bank_reference) DO NOTHING
            """, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Taken(log, kind, id, file.Entries, file.Added);
        return file;
    }

    /// <summary>All entries to a temporary table in one stream.</summary>
    private async Task CopyAsync(IReadOnlyList<EntryDraft> entries, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            CREATE TEMP TABLE statement_draft (line int, booked_on date, bank_reference text, amount bigint, reversal boolean, text text, match_key text) ON COMMIT DROP
            """, ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY statement_draft FROM STDIN (FORMAT BINARY)", ct))
        {
            foreach (var e in entries)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(e.Line, NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(e.BookedOn, NpgsqlDbType.Date, ct);
                await copy.WriteAsync(e.BankReference, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(e.Amount, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(e.Reversal, NpgsqlDbType.Boolean, ct);
                await copy.WriteAsync(e.Text, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(e.MatchKey, NpgsqlDbType.Text, ct);
            }
            await copy.CompleteAsync(ct);
        }
        await db.Database.ExecuteSqlAsync($"ANALYZE statement_draft", ct);
    }

    /// <summary>A number that an earlier file had with another day or amount.</summary>
    private async Task<Faults> ContradictionsAsync(FileKind kind, string scope, CancellationToken ct)
    {
        var lines = await db.Database.SqlQuery<int>($"""
            SELECT d.line AS "Value" FROM statement_draft d JOIN statement_entry e ON e.kind = {Words.Of(kind)} AND e.scope = {scope} AND e.bank_reference = d.bank_reference
            WHERE e.amount <> d.amount OR e.booked_on <> d.booked_on OR e.reversal <> d.reversal
            """).ToListAsync(ct);
        var faults = new Faults();
        foreach (var line in lines)
            faults.Add(line, "Số giao dịch đã có trong tệp trước với ngày hoặc số tiền khác.", "An earlier file has this number with another day or amount.");
        return faults;
    }

    [LoggerMessage(4163, LogLevel.Information, "Taken over: {Kind} {FileId} with {Entries} entries, {Added} of them new")]
    private static partial void Taken(ILogger log, FileKind kind, Guid fileId, int entries, int added);
}
