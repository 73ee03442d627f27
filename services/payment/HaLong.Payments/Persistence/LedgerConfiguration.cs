using HaLong.Payments.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class LedgerConfiguration : IEntityTypeConfiguration<JournalEntry>, IEntityTypeConfiguration<DayClose>, IEntityTypeConfiguration<DayBalance>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("journal_entry");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Kind).HasMaxLength(32);
        builder.Property(e => e.UnitCode).HasMaxLength(32);
        builder.OwnsMany(e => e.Lines, lines =>
        {
            lines.ToTable("journal_line", t => t.HasCheckConstraint("ck_journal_line_amount", "amount <> 0"));
            lines.WithOwner().HasForeignKey("EntryId");
            lines.HasKey("EntryId", nameof(JournalLine.Line));
            lines.Property(l => l.Line).ValueGeneratedNever();
            lines.Property(l => l.Account).HasMaxLength(80);
            // Ids are time-ordered: the bookings of an account, newest first, page by page.
            lines.HasIndex(nameof(JournalLine.Account), "EntryId").IsDescending(false, true);
        });
        // What is booked for one thing is booked once, whatever is tried again.
        builder.HasIndex(e => new { e.Kind, e.SourceId }).IsUnique();
        builder.HasIndex(e => e.BookedOn);
        builder.HasIndex(e => e.PaymentId);
    }

    public void Configure(EntityTypeBuilder<DayClose> builder)
    {
        builder.ToTable("ledger_close");
        builder.HasKey(c => c.Day);
        builder.Property(c => c.Hash).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<DayBalance> builder)
    {
        builder.ToTable("ledger_balance");
        builder.HasKey(b => new { b.Day, b.Account });
        builder.Property(b => b.Account).HasMaxLength(80);
    }
}
