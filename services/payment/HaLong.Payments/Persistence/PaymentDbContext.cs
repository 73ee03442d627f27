using HaLong.Messaging;
using HaLong.Payments.Banks;
using HaLong.Payments.Cases;
using HaLong.Payments.Cash;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Fees;
using HaLong.Payments.Ledger;
using HaLong.Payments.Receipts;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Reconciliation;
using HaLong.Payments.Refunds;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Persistence;

/// <summary>The database of payment.</summary>
internal sealed class PaymentDbContext(DbContextOptions<PaymentDbContext> options) : DbContext(options)
{
    public DbSet<PaymentRequest> Payments => Set<PaymentRequest>();

    public DbSet<BankNotice> Notices => Set<BankNotice>();

    public DbSet<NoticeHandling> Handlings => Set<NoticeHandling>();

    public DbSet<ClosedDossier> ClosedDossiers => Set<ClosedDossier>();

    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    public DbSet<DayClose> DayCloses => Set<DayClose>();

    public DbSet<DayBalance> DayBalances => Set<DayBalance>();

    public DbSet<MoneyCase> Cases => Set<MoneyCase>();

    public DbSet<MoneyRefund> Refunds => Set<MoneyRefund>();

    public DbSet<FeeWaiver> Waivers => Set<FeeWaiver>();

    public DbSet<Payout> Payouts => Set<Payout>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    public DbSet<ReceiptPaper> ReceiptPapers => Set<ReceiptPaper>();

    public DbSet<ReceiptSeries> ReceiptSeries => Set<ReceiptSeries>();
    public DbSet<SeenSignature> SeenSignatures => Set<SeenSignature>();

    public DbSet<PortalMessage> PortalMessages => Set<PortalMessage>();

    public DbSet<ProviderBill> ProviderBills => Set<ProviderBill>();
    public DbSet<TillShift> Shifts => Set<TillShift>();

    public DbSet<CashPayment> CashPayments => Set<CashPayment>();

    public DbSet<TillCount> TillCounts => Set<TillCount>();

    public DbSet<StatementFile> StatementFiles => Set<StatementFile>();

    public DbSet<StatementEntry> StatementEntries => Set<StatementEntry>();

    public DbSet<ReconciliationRun> Reconciliations => Set<ReconciliationRun>();

    public DbSet<ReconciliationLine> ReconciliationLines => Set<ReconciliationLine>();

    /// <summary>Puts the changes of state of a request into the outbox, to be saved with it.</summary>
    public void Record(PaymentRequest payment)
    {
        foreach (var c in payment.TakeChanges())
        {
            this.Enqueue(new PaymentStateChanged(
                payment.Id, payment.DossierId, c.Sequence, c.From is { } from ? Words.Of(from) : null, c.Step is { } step ? Words.Of(step) : null, Words.Of(c.To),
                payment.Moment, c.At));
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessagingTables();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PaymentDbContext).Assembly);
    }
}
