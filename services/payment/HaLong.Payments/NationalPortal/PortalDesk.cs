using HaLong.Payments.Banks;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.NationalPortal;

/// <summary>
/// What is known about an attempt at the platform becomes state. Each is one transaction. Money is stored as a notice and settled in the background
/// like a transfer; that there is none ends the attempt at once.
/// </summary>
internal sealed partial class PortalDesk(PaymentDbContext db, NoticeInbox inbox, TimeProvider time, ILogger<PortalDesk> log)
{
    /// <summary>The attempt of an order number; nothing when there is none.</summary>
    public Task<PortalAttempt?> FindAsync(string order, CancellationToken ct) => Attempts(db).SingleOrDefaultAsync(a => a.Order == order, ct);

    public static IQueryable<PortalAttempt> Attempts(PaymentDbContext db) =>
        from p in db.Payments.AsNoTracking()
        from a in p.Attempts
        where a.OrderNumber != null
        select new PortalAttempt
        {
            Id = a.Id,
            PaymentId = p.Id,
            Order = a.OrderNumber!,
            CreatedAt = a.CreatedAt,
            SentAt = a.SentAt,
            RedirectUrl = a.RedirectUrl,
            Bin = p.Beneficiary.Bin,
            Account = p.Beneficiary.Account,
        };

    /// <summary>The platform told that an order was paid, or that it failed. Stored first; told again nothing changes.</summary>
    public async Task TakeAsync(PortalAttempt attempt, PortalTold told, string source, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO portal_message (id, attempt_id, source, code, hash, raw_body, received_at)
            VALUES ({Guid.CreateVersion7(now)}, {attempt.Id}, {source}, {told.Code}, {told.Hash}, {told.Raw}, {now}) ON CONFLICT DO NOTHING
            """, ct);
        if (told.Outcome == PortalOutcome.Paid)
            await inbox.StoreAsync(told.ToNotice(new Beneficiary(attempt.Bin, attempt.Account, "", false), now), now, ct);
        else
            await MoveAsync(attempt, (p, a) => p.Fail(a, asked: true, now), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Told(log, attempt.Id, source, told.Code);
    }

    /// <summary>Nothing was paid by the attempt; where the request waited for it, it can be paid again.</summary>
    public Task FailAsync(PortalAttempt attempt, CancellationToken ct) => ChangeAsync(attempt, (p, a) => p.Fail(a, asked: true, time.GetUtcNow()), ct);

    /// <summary>Nobody knows what became of the attempt.</summary>
    public Task LoseAsync(PortalAttempt attempt, CancellationToken ct) => ChangeAsync(attempt, (p, a) => p.Lose(a, time.GetUtcNow()), ct);

    private async Task ChangeAsync(PortalAttempt attempt, Func<PaymentRequest, PaymentAttempt, bool> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await MoveAsync(attempt, change, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task MoveAsync(PortalAttempt of, Func<PaymentRequest, PaymentAttempt, bool> change, CancellationToken ct)
    {
        await db.LockPaymentAsync(of.PaymentId, ct);
        var payment = await db.Payments.AsSplitQuery().SingleAsync(p => p.Id == of.PaymentId, ct);
        if (change(payment, payment.Attempts.Single(a => a.Id == of.Id)))
            Moved(log, of.Id, Words.Of(payment.State));
        db.Record(payment);
    }

    [LoggerMessage(4124, LogLevel.Information, "The national payment platform told about attempt {AttemptId} ({Source}): {Code}")]
    private static partial void Told(ILogger log, Guid attemptId, string source, string code);

    [LoggerMessage(4125, LogLevel.Information, "Attempt {AttemptId}: its request is {State} now")]
    private static partial void Moved(ILogger log, Guid attemptId, string state);
}

/// <summary>An attempt at the platform: what it is asked by, and which account it collects for.</summary>
internal sealed class PortalAttempt
{
    public required Guid Id { get; init; }

    public required Guid PaymentId { get; init; }

    /// <summary>Our number of the order.</summary>
    public required string Order { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? SentAt { get; init; }

    public required string? RedirectUrl { get; init; }

    /// <summary>Bank of the collecting account.</summary>
    public required string Bin { get; init; }

    /// <summary>The collecting account.</summary>
    public required string Account { get; init; }
}
