using HaLong.Payments.Domain;
using HaLong.Payments.Receipts;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Persistence;

/// <summary>Row locks, held to the end of the caller's transaction.</summary>
internal static class Locks
{
    public static Task LockPaymentAsync(this PaymentDbContext db, Guid id, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>($"SELECT id FROM payment_request WHERE id = {id} FOR UPDATE").ToListAsync(ct);

    /// <summary>What we made of a notice, locked and read at once.</summary>
    public static async Task<NoticeHandling> LockHandlingAsync(this PaymentDbContext db, Guid noticeId, CancellationToken ct) =>
        (await db.Handlings.FromSql($"SELECT * FROM bank_notice_handling WHERE notice_id = {noticeId} FOR UPDATE").ToListAsync(ct)).Single();

    /// <summary>Requests by their references, locked in the order of their ids; two at most, since that is one too many already.</summary>
    public static Task<List<Guid>> LockReferencedAsync(this PaymentDbContext db, IReadOnlyList<string> references, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>($"SELECT id FROM payment_request WHERE reference = ANY({references.ToArray()}) ORDER BY id LIMIT 2 FOR UPDATE").ToListAsync(ct);

    /// <summary>Two messages about one dossier wait for each other, also before there is a row to lock.</summary>
    public static Task LockDossierAsync(this PaymentDbContext db, Guid dossierId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({dossierId.ToString()}, 0))", ct);

    /// <summary>The open requests of a dossier; always in the same order, so that two never wait for each other.</summary>
    public static Task LockOpenAsync(this PaymentDbContext db, Guid dossierId, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>($"SELECT id FROM payment_request WHERE dossier_id = {dossierId} AND state IN ('created', 'pending', 'processing', 'unknown') ORDER BY id FOR UPDATE").ToListAsync(ct);

    /// <summary>The paper of a receipt, as it is now.</summary>
    public static Task<ReceiptPaper?> LockPaperAsync(this PaymentDbContext db, Guid receiptId, CancellationToken ct) =>
        db.ReceiptPapers.FromSql($"SELECT * FROM receipt_paper WHERE receipt_id = {receiptId} FOR NO KEY UPDATE").SingleOrDefaultAsync(ct);

    public static Task LockShiftAsync(this PaymentDbContext db, Guid id, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>($"SELECT id FROM till_shift WHERE id = {id} FOR UPDATE").ToListAsync(ct);

    /// <summary>Openings of shifts in a unit wait for each other.</summary>
    public static Task LockTillAsync(this PaymentDbContext db, string unit, CancellationToken ct) => db.LockWordAsync("till:" + unit, ct);

    /// <summary>Whoever works on the thing that the word names waits for whoever does already.</summary>
    public static Task LockWordAsync(this PaymentDbContext db, string word, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({word}, 0))", ct);

    /// <summary>Shifts that were left open and nobody knows yet; another replica's claims are passed over.</summary>
    public static Task<List<Guid>> ClaimLeftOpenAsync(this PaymentDbContext db, DateTimeOffset before, int limit, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>(
            $"""
            SELECT id FROM till_shift WHERE state <> 'closed' AND raised_at IS NULL AND opened_at < {before}
            ORDER BY opened_at LIMIT {limit} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);

    /// <summary>Requests that lapsed; another replica's claims are passed over.</summary>
    public static Task<List<Guid>> ClaimLapsedAsync(this PaymentDbContext db, DateTimeOffset until, int limit, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>(
            $"""
            SELECT id FROM payment_request WHERE state = 'pending' AND expires_at <= {until}
            ORDER BY expires_at LIMIT {limit} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);

    /// <summary>Notices that nobody decided in time: claimed and put off again in one statement.</summary>
    public static Task<List<Guid>> ClaimUndecidedAsync(
        this PaymentDbContext db, DateTimeOffset now, DateTimeOffset next, int limit, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>(
            $"""
            UPDATE bank_notice_handling SET watched_at = {next} WHERE notice_id IN (
                SELECT notice_id FROM bank_notice_handling WHERE state = 'received' AND watched_at <= {now}
                ORDER BY watched_at LIMIT {limit} FOR UPDATE SKIP LOCKED)
            RETURNING notice_id
            """).ToListAsync(ct);

    /// <summary>Attempts whose provider is to be asked: claimed and put off in one statement, each time twice as long as the last.</summary>
    public static Task<List<Guid>> ClaimAttemptsAsync(
        this PaymentDbContext db, DateTimeOffset now, TimeSpan first, TimeSpan longest, int limit, CancellationToken ct) =>
        db.Database.SqlQuery<Guid>(
            $"""
            UPDATE payment_attempt SET query_at = {now} + least({first} * power(2, least(queries, 20)), {longest}), queries = queries + 1 WHERE id IN (
                SELECT id FROM payment_attempt WHERE query_at IS NOT NULL AND query_at <= {now}
                ORDER BY query_at LIMIT {limit} FOR UPDATE SKIP LOCKED)
            RETURNING id
            """).ToListAsync(ct);
}
