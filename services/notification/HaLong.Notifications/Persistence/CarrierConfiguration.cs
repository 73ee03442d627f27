using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class CarrierConfiguration : IEntityTypeConfiguration<ReceiptPoll>, IEntityTypeConfiguration<ZaloToken>, IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<ReceiptPoll> poll)
    {
        poll.ToTable("receipt_poll");
        poll.HasKey(p => p.MessageId);
        poll.HasOne<Message>().WithOne().HasForeignKey<ReceiptPoll>(p => p.MessageId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ZaloToken> token)
    {
        token.ToTable("zalo_token");
        token.HasKey(t => t.AppId);
        token.Property(t => t.AppId).HasMaxLength(40);
    }

    // What waits for a receipt; what was closed without one falls out.
    public void Configure(EntityTypeBuilder<Message> message) =>
        message.HasIndex(m => new { m.Provider, m.SentAt }).HasFilter("state = 'sent' AND last_error IS NULL").HasDatabaseName("ix_message_receipt");
}
