using HaLong.Payments.Domain;
using HaLong.Payments.Ledger;

namespace HaLong.Payments.Cash;

/// <summary>Books what happens to cash. From the till it is on its way to the bank until the bank says that it is there.</summary>
internal sealed class TillBooks(Bookkeeper books)
{
    /// <summary>Change money is put into a till; it belongs to whoever gave it.</summary>
    public void Opened(TillShift shift)
    {
        if (shift.Opening > 0)
            books.Book(Of(EntryKind.Float, shift.Id, shift).Debit(Till(shift), shift.Opening).Credit(LedgerAccount.Float(shift.Bin, shift.Account), shift.Opening));
    }

    /// <summary>Cash pays a request; what was held for it before is part of it.</summary>
    public void Taken(CashPayment cash, TillShift shift, PaymentRequest payment) => books.Book(Bookkeeper.Owe(
        books.New(EntryKind.Cash, cash.Id, payment).Debit(Till(shift), cash.Amount).Debit(LedgerAccount.Held(payment.Beneficiary), payment.Held), payment));

    /// <summary>A shift is closed: the difference is booked, the change goes back. What stays in the till is what goes to the bank.</summary>
    public void Closed(TillShift shift)
    {
        var entry = Of(EntryKind.TillClose, shift.Id, shift)
            .Debit(Till(shift), shift.Difference).Credit(LedgerAccount.Difference(shift.Bin, shift.Account), shift.Difference)
            .Debit(LedgerAccount.Float(shift.Bin, shift.Account), shift.FloatReturned).Credit(Till(shift), shift.FloatReturned);
        if (entry.Lines.Count > 0)
            books.Book(entry);
    }

    /// <summary>Cash left the till for the bank.</summary>
    public void Deposited(TillShift shift) => books.Book(Of(EntryKind.Deposit, shift.Id, shift)
        .Debit(LedgerAccount.Transit(shift.Bin, shift.Account), shift.ToDeposit).Credit(Till(shift), shift.ToDeposit));

    /// <summary>The bank has it.</summary>
    /// <param name="shift">Of which shift.</param>
    /// <param name="source">The notice that says so.</param>
    public void Arrived(TillShift shift, Guid source) => books.Book(Of(EntryKind.DepositArrival, source, shift)
        .Debit(LedgerAccount.Bank(shift.Bin, shift.Account), shift.ToDeposit).Credit(LedgerAccount.Transit(shift.Bin, shift.Account), shift.ToDeposit));

    private JournalEntry Of(string kind, Guid source, TillShift shift) => books.New(kind, source, payment: null, shift.UnitCode);

    private static string Till(TillShift shift) => LedgerAccount.Till(shift.Bin, shift.Account, shift.Id);
}
