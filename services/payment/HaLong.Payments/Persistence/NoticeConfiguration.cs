using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Payments.Persistence;

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<BankNotice>, IEntityTypeConfiguration<NoticeHandling>
{
    public void Configure(EntityTypeBuilder<BankNotice> builder)
    {
        builder.ToTable("bank_notice");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Provider).HasMaxLength(50);
        builder.Property(n => n.EventId).HasMaxLength(100);
        builder.Property(n => n.PayloadHash).HasMaxLength(64);
        builder.Property(n => n.Account).HasMaxLength(34);
        builder.Property(n => n.Bin).HasMaxLength(6);
        builder.Property(n => n.Remittance).HasMaxLength(500);
        // One original for each event id; altered repeats are kept beside it, each once.
        builder.HasIndex(n => new { n.Provider, n.EventId }).IsUnique().HasFilter("original").HasDatabaseName("ux_bank_notice_event");
        // What a day is reconciled by.
        builder.HasIndex(n => n.BookedAt);
        builder.HasIndex(n => new { n.Provider, n.EventId, n.PayloadHash }).IsUnique().HasDatabaseName("ux_bank_notice_payload");
    }

    public void Configure(EntityTypeBuilder<NoticeHandling> builder)
    {
        builder.ToTable("bank_notice_handling");
        builder.HasKey(h => h.NoticeId);
        builder.Property(h => h.NoticeId).ValueGeneratedNever();
        builder.Property(h => h.State).HasConversion<Words.Converter<NoticeState>>().HasMaxLength(16);
        builder.Property(h => h.Reason).HasConversion<Words.Converter<MismatchReason>>().HasMaxLength(32);
        builder.HasOne<BankNotice>().WithOne().HasForeignKey<NoticeHandling>(h => h.NoticeId).OnDelete(DeleteBehavior.Restrict);
        // Ids are time-ordered, so this is the list of a state, newest first, page by page.
        builder.HasIndex(h => new { h.State, h.NoticeId }).IsDescending(false, true);
        builder.HasIndex(h => h.WatchedAt).HasFilter("state = 'received'").HasDatabaseName("ix_bank_notice_handling_received");
    }
}
