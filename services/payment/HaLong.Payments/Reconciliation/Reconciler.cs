using HaLong.Payments.Cases;
using HaLong.Payments.Cash;
using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Reconciliation;

/// <summary>Compares our books, the providers and the bank statements for a day, keeps the answer, and opens cases for money that nobody told us of.</summary>
internal sealed partial class Reconciler(
    PaymentDbContext db, CaseOpener cases, Bookkeeper books, DepositArrival deposits, TimeProvider time, ILogger<Reconciler> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="Run">The answer.</param>
    /// <param name="IsNew">False when it is the one that there was.</param>
    internal sealed record Outcome(ReconciliationRun Run, bool IsNew);

    /// <exception cref="InvalidOperationException">The same inputs gave another answer: a mistake in the program; nothing is kept.</exception>
    public async Task<Result<Outcome>> RunAsync(DateOnly day, Guid? by, CancellationToken ct)
    {
        var now = StoredTime.Of(time);
        if (day >= LocalTime.Date(now))
            return ReconciliationErrors.DayNotOver;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        db.Database.SetCommandTimeout(Longest);
        // One day is reconciled by one at a time.
        await db.LockWordAsync($"reconciliation:{day:O}", ct);
        await db.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS recon_us, recon_in, recon_side, recon_pair, recon_out, recon_line", ct);
        await ReconcileSql.GatherAsync(db, day, ct);
        await ReconcileSql.PairAsync(db, ct);
        await ReconcileSql.AnswerOursAsync(db, day, ct);
        await ReconcileSql.AnswerTheirsAsync(db, day, ct);
        var (input, answer) = await ReconcileSql.HashAsync(db, day, ct);
        var last = await db.Reconciliations.AsNoTracking().Where(r => r.Day == day).OrderByDescending(r => r.Version).FirstOrDefaultAsync(ct);
        if (last?.AnswerHash == answer)
            return new Outcome(last, IsNew: false);
        if (last?.InputHash == input)
            throw new InvalidOperationException($"Reconciling {day} gave another answer for the same inputs.");
        var run = await StoreAsync(day, (last?.Version ?? 0) + 1, input, answer, by, now, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Ran(log, day, run.Version, run.Matched, run.MissingAtUs + run.MissingAtProvider + run.MissingAtBank + run.AmountDiff + run.Duplicate);
        return new Outcome(run, IsNew: true);
    }

    private async Task<ReconciliationRun> StoreAsync(DateOnly day, int version, string input, string answer, Guid? by, DateTimeOffset now, CancellationToken ct)
    {
        var counts = await db.Database.SqlQuery<CountRow>($"""
            SELECT result, count(*)::int AS lines, coalesce(sum(ours), 0)::bigint AS ours, coalesce(sum(provider), 0)::bigint AS provider, coalesce(sum(bank), 0)::bigint AS bank
            FROM recon_line GROUP BY result
            """).ToDictionaryAsync(c => Words.Parse<ReconciliationResult>(c.Result)!.Value, ct);
        int Of(ReconciliationResult result) => counts.GetValueOrDefault(result)?.Lines ?? 0;
        var run = new ReconciliationRun
        {
            Id = Guid.CreateVersion7(now),
            Day = day,
            Version = version,
            InputHash = input,
            AnswerHash = answer,
            Matched = Of(ReconciliationResult.Matched),
            MissingAtUs = Of(ReconciliationResult.MissingAtUs),
            MissingAtProvider = Of(ReconciliationResult.MissingAtProvider),
            MissingAtBank = Of(ReconciliationResult.MissingAtBank),
            AmountDiff = Of(ReconciliationResult.AmountDiff),
            Duplicate = Of(ReconciliationResult.Duplicate),
            Ours = counts.Values.Sum(c => c.Ours),
            Provider = counts.Values.Sum(c => c.Provider),
            Bank = counts.Values.Sum(c => c.Bank),
            WithoutStatement = await db.Database.SqlQuery<string>($"""
                SELECT DISTINCT l.scope AS "Value" FROM recon_line l WHERE l.ours IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM statement_file f WHERE f.kind = 'statement' AND f.scope = l.scope AND f."from" <= {day} AND f."to" >= {day}) ORDER BY 1
                """).ToListAsync(ct),
            RunBy = by,
            RunAt = now,
        };
        db.Add(run);
        await OpenCasesAsync(now, ct);
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO reconciliation_line (run_id, number, identity, result, kind, scope, unit_code, payment_id, match_key, bank_reference, ours, provider, bank, notice_id, entry_id, report_entry_id, case_id)
            SELECT {run.Id}, row_number() OVER (ORDER BY l.identity), l.identity, l.result, l.kind, l.scope, l.unit_code, l.payment_id, l.key, l.bank_reference, l.ours, l.provider, l.bank,
                l.notice_id, l.entry_id, l.report_entry_id, coalesce(s.case_id, m.id)
            FROM recon_line l LEFT JOIN statement_notice s ON s.entry_id = l.entry_id LEFT JOIN money_case m ON m.notice_id = l.notice_id
            """, ct);
        return run;
    }

    /// <summary>
    /// Money on the statement that no notice told of is kept as the notice that did not come, once: held in suspense with a case for a cashier, or, when it is the cash of a
    /// shift, arrived.
    /// </summary>
    private async Task OpenCasesAsync(DateTimeOffset now, CancellationToken ct)
    {
        var untold = await db.StatementEntries.FromSql($"""
            SELECT e.* FROM statement_entry e JOIN recon_line l ON l.entry_id = e.id
            WHERE l.notice_id IS NULL AND (l.kind = 'deposit' OR l.kind = 'transfer' AND l.result <> 'matched') AND e.kind = 'statement'
              AND NOT EXISTS (SELECT 1 FROM statement_notice c WHERE c.entry_id = e.id)
              AND NOT EXISTS (SELECT 1 FROM bank_notice n WHERE n.provider = e.source AND n.event_id = e.bank_reference AND n.original)
            ORDER BY e.id
            """).AsNoTracking().ToListAsync(ct);
        var cash = await db.Database.SqlQuery<long>($"SELECT entry_id FROM recon_line WHERE kind = 'deposit' AND result = 'matched' AND notice_id IS NULL").ToHashSetAsync(ct);
        var references = untold.Select(e => e.MatchKey).ToList();
        var named = await db.Payments.AsSplitQuery().Where(p => references.Contains(p.Reference)).ToDictionaryAsync(p => p.Reference, ct);
        foreach (var entry in untold)
        {
            var (notice, payment) = (UntoldNotice.Of(entry, now), named.GetValueOrDefault(entry.MatchKey));
            if (!cash.Contains(entry.Id))
                await OpenCaseAsync(entry, notice, payment, now, ct);
            else if (await deposits.ByStatementAsync(entry.MatchKey, notice.Id, now, ct))
                Keep(entry, notice, NoticeHandling.OfDeposit(notice.Id, now), null);
        }
    }

    private async Task OpenCaseAsync(StatementEntry entry, BankNotice notice, PaymentRequest? payment, DateTimeOffset now, CancellationToken ct)
    {
        books.Unmatched(notice, payment);
        var opened = await cases.OpenAsync(notice, MismatchReason.NotTold, payment, now, ct);
        Keep(entry, notice, NoticeHandling.Untold(notice.Id, payment?.Id, now), opened.Id);
        Untold(log, entry.Id, opened.Id);
    }

    private void Keep(StatementEntry entry, BankNotice notice, NoticeHandling handling, Guid? opened) =>
        db.AddRange(notice, handling, new StatementNotice { EntryId = entry.Id, NoticeId = notice.Id, CaseId = opened });

    private sealed record CountRow(string Result, int Lines, long Ours, long Provider, long Bank);

    [LoggerMessage(4164, LogLevel.Information, "Reconciled {Day}, version {Version}: {Matched} match, {Differences} differ")]
    private static partial void Ran(ILogger log, DateOnly day, int version, int matched, int differences);

    [LoggerMessage(4165, LogLevel.Warning, "Entry {EntryId} of a statement was told by no notice: case {CaseId}")]
    private static partial void Untold(ILogger log, long entryId, Guid caseId);
}
