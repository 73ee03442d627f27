using HaLong.Payments.Domain;
using HaLong.Payments.Fees;
using HaLong.Payments.Persistence;
using HaLong.Payments.Refunds;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Ledger;

/// <summary>Books what happens to money, in the transaction in which it happens.</summary>
internal sealed class Bookkeeper(PaymentDbContext db, TimeProvider time)
{
    /// <summary>A notice pays a request: what it brought, and what was held before, becomes what is owed to the treasury.</summary>
    public void Settled(PaymentRequest payment, BankNotice notice)
    {
        var entry = New(EntryKind.Settlement, notice.Id, payment).Debit(LedgerAccount.Arrived(notice), notice.Amount);
        Book(Owe(entry.Debit(LedgerAccount.Held(payment.Beneficiary), payment.Held), payment));
    }

    /// <summary>Money came that pays nothing by itself. It is there none the less.</summary>
    public void Unmatched(BankNotice notice, PaymentRequest? payment) => Book(New(EntryKind.Unmatched, notice.Id, payment)
        .Debit(LedgerAccount.Arrived(notice), notice.Amount)
        .Credit(LedgerAccount.Suspense(notice.Bin, notice.Account), notice.Amount));

    /// <summary>A part is held for a request until the rest comes.</summary>
    public void Held(PaymentRequest payment, BankNotice notice) => Book(New(EntryKind.Holding, notice.Id, payment)
        .Debit(LedgerAccount.Suspense(notice.Bin, notice.Account), notice.Amount)
        .Credit(LedgerAccount.Held(payment.Beneficiary), notice.Amount));

    /// <summary>The request ended without the rest of what was held for it: that is promised back. Nothing when nothing was held.</summary>
    public void Released(PaymentRequest payment, DateTimeOffset now)
    {
        var held = payment.ReleaseHeld();
        if (held == 0)
            return;
        db.Add(MoneyRefund.OfHeld(payment, held, now));
        Book(New(EntryKind.Release, payment.Id, payment)
            .Debit(LedgerAccount.Held(payment.Beneficiary), held)
            .Credit(LedgerAccount.Refund(payment.Beneficiary.Bin, payment.Beneficiary.Account), held));
    }

    /// <summary>An official accepted a notice that had not fitted: what is due is owed to the treasury, what is over is promised back.</summary>
    public void Accepted(PaymentRequest payment, BankNotice notice) => Book(Owe(
        New(EntryKind.Acceptance, notice.Id, payment)
            .Debit(LedgerAccount.Suspense(notice.Bin, notice.Account), notice.Amount)
            .Debit(LedgerAccount.Held(payment.Beneficiary), payment.Held)
            .Credit(LedgerAccount.Refund(notice.Bin, notice.Account), notice.Amount - payment.Remaining),
        payment));

    /// <summary>Two persons promised money back: out of what waits, or out of what is owed to the treasury, lệ phí before phí. What was paid too much is promised already.</summary>
    public async Task PromisedAsync(MoneyRefund refund, CancellationToken ct)
    {
        if (refund.IsExcess)
            return;
        var payment = refund.PaymentId is { } id ? await db.Payments.AsSplitQuery().SingleAsync(p => p.Id == id, ct) : null;
        var entry = New(EntryKind.RefundApproval, refund.Id, payment).Credit(LedgerAccount.Refund(refund.Bin, refund.Account), refund.Amount);
        if (refund.CaseId is not null)
            Book(entry.Debit(LedgerAccount.Suspense(refund.Bin, refund.Account), refund.Amount));
        else
            Book(await TakeBackAsync(entry, payment!, refund.Amount, ct));
    }

    /// <summary>The bank paid money back.</summary>
    public void PaidBack(MoneyRefund refund, PaymentRequest? payment) => Book(New(EntryKind.Payout, refund.Id, payment)
        .Debit(LedgerAccount.Refund(refund.Bin, refund.Account), refund.Amount)
        .Credit(LedgerAccount.Bank(refund.Bin, refund.Account), refund.Amount));

    /// <summary>An entry to be filled and given to <see cref="Book"/>.</summary>
    public JournalEntry New(string kind, Guid source, PaymentRequest? payment, string? unit = null)
    {
        var now = time.GetUtcNow();
        return new JournalEntry
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            SourceId = source,
            PaymentId = payment?.Id,
            UnitCode = payment?.UnitCode ?? unit,
            BookedOn = LocalTime.Date(now),
            CreatedAt = now,
        };
    }

    /// <exception cref="InvalidOperationException">The lines do not add up to nothing: a mistake in the program, caught before the database refuses it.</exception>
    public void Book(JournalEntry entry)
    {
        if (!entry.IsBalanced)
            throw new InvalidOperationException($"The {entry.Kind} of {entry.SourceId} is not balanced.");
        db.Add(entry);
    }

    /// <summary>Lessens what is owed by account, none below what earlier refunds of the request left of it.</summary>
    private async Task<JournalEntry> TakeBackAsync(JournalEntry entry, PaymentRequest payment, long amount, CancellationToken ct)
    {
        var taken = await db.Journal.Where(e => e.Kind == EntryKind.RefundApproval && e.PaymentId == payment.Id).SelectMany(e => e.Lines)
            .GroupBy(l => l.Account).Select(g => new { Account = g.Key, Amount = g.Sum(l => l.Amount) }).ToDictionaryAsync(g => g.Account, g => g.Amount, ct);
        return FeeShare.TakeBack(FeeShare.Of(payment.Beneficiary, payment.Items), taken, amount).Aggregate(entry, (e, part) => e.Debit(part.Account, part.Amount));
    }

    /// <summary>What a request brought becomes what is owed, by kind and account.</summary>
    public static JournalEntry Owe(JournalEntry entry, PaymentRequest payment) =>
        FeeShare.Of(payment.Beneficiary, payment.Items).Aggregate(entry, (e, share) => e.Credit(share.Account, share.Amount));
}
