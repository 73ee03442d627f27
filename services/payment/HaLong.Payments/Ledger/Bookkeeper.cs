using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Ledger;

/// <summary>Books what happens to money, in the transaction in which it happens.</summary>
internal sealed class Bookkeeper(PaymentDbContext db, TimeProvider time)
{
    /// <summary>A notice pays a request: what it brought, and what was held before, becomes what is owed to the treasury.</summary>
    public void Settled(PaymentRequest payment, BankNotice notice)
    {
        var entry = New(EntryKind.Settlement, notice.Id, payment).Debit(LedgerAccount.Bank(notice.Bin, notice.Account), notice.Amount);
        Book(Owe(entry.Debit(LedgerAccount.Held(payment.Beneficiary), payment.Held), payment));
    }

    /// <summary>Money came that pays nothing by itself. It is there none the less.</summary>
    public void Unmatched(BankNotice notice, PaymentRequest? payment) => Book(New(EntryKind.Unmatched, notice.Id, payment)
        .Debit(LedgerAccount.Bank(notice.Bin, notice.Account), notice.Amount)
        .Credit(LedgerAccount.Suspense(notice.Bin, notice.Account), notice.Amount));

    /// <summary>A part is held for a request until the rest comes.</summary>
    public void Held(PaymentRequest payment, BankNotice notice) => Book(New(EntryKind.Holding, notice.Id, payment)
        .Debit(LedgerAccount.Suspense(notice.Bin, notice.Account), notice.Amount)
        .Credit(LedgerAccount.Held(payment.Beneficiary), notice.Amount));

    /// <summary>An official accepted a notice that had not fitted: what is due is owed to the treasury, what is over is promised back.</summary>
    public void Accepted(PaymentRequest payment, BankNotice notice) => Book(Owe(
        New(EntryKind.Acceptance, notice.Id, payment)
            .Debit(LedgerAccount.Suspense(notice.Bin, notice.Account), notice.Amount)
            .Debit(LedgerAccount.Held(payment.Beneficiary), payment.Held)
            .Credit(LedgerAccount.Refund(notice.Bin, notice.Account), notice.Amount - payment.Remaining),
        payment));

    /// <summary>An entry to be filled and given to <see cref="Book"/>.</summary>
    public JournalEntry New(string kind, Guid source, PaymentRequest? payment)
    {
        var now = time.GetUtcNow();
        return new JournalEntry
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            SourceId = source,
            PaymentId = payment?.Id,
            UnitCode = payment?.UnitCode,
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

    private static JournalEntry Owe(JournalEntry entry, PaymentRequest payment) => payment.Items
        .GroupBy(i => i.Kind)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Aggregate(entry, (e, kind) => e.Credit(LedgerAccount.Due(payment.Beneficiary, kind.Key), kind.Sum(i => i.Amount)));
}
