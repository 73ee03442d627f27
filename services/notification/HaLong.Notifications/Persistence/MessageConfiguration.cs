using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>, IEntityTypeConfiguration<MessageAttempt>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("message");
        message.HasKey(m => m.Id);
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Ignore(m => m.Key);
        message.Ignore(m => m.Tries);
        message.Property(m => m.Channel).HasWords();
        message.Property(m => m.State).HasWords();
        // A number, because the queue is sorted by it.
        message.Property(m => m.Class).HasConversion<short>();
        message.Property(m => m.Kind).HasMaxLength(100);
        message.Property(m => m.Trigger).HasMaxLength(200);
        message.Property(m => m.Target).HasMaxLength(64);
        message.Property(m => m.Language).HasMaxLength(2);
        message.Property(m => m.DossierCode).HasMaxLength(50);
        message.Property(m => m.Title).HasMaxLength(300);
        message.Property(m => m.LastError).HasMaxLength(500);
        message.Property(m => m.Provider).HasMaxLength(40);
        message.Property(m => m.ProviderReference).HasMaxLength(200);
        message.Property(m => m.Condition).HasMaxLength(200);
        message.Property(m => m.TraceParent).HasMaxLength(55);
        message.Property(m => m.Claim).IsConcurrencyToken();

        // One fact tells one person once per channel and device, however often the fact arrives.
        message.HasIndex(m => new { m.RecipientId, m.Kind, m.Trigger, m.Channel, m.Target }).IsUnique();
        message.HasIndex(m => new { m.RecipientId, m.Id }).HasFilter("channel = 'inApp'").HasDatabaseName("ix_message_inbox");
        // By channel and class first: what waits for the morning must not be walked over to find what is due now.
        message.HasIndex(m => new { m.Channel, m.Class, m.DueAt }).HasFilter("state = 'pending'").HasDatabaseName("ix_message_due");
        message.HasIndex(m => new { m.State, m.Id }).HasFilter("state IN ('pending', 'failed', 'expired', 'cancelled')").HasDatabaseName("ix_message_unsent");
        message.HasIndex(m => m.CreatedAt).HasFilter("channel <> 'inApp' AND state <> 'pending' AND body <> ''").HasDatabaseName("ix_message_text");
        message.HasIndex(m => new { m.Provider, m.ProviderReference }).HasFilter("provider_reference IS NOT NULL");
        message.HasIndex(m => m.DossierId);
    }

    public void Configure(EntityTypeBuilder<MessageAttempt> attempt)
    {
        attempt.ToTable("message_attempt");
        attempt.HasKey(a => new { a.MessageId, a.Number });
        attempt.HasOne<Message>().WithMany().HasForeignKey(a => a.MessageId).OnDelete(DeleteBehavior.Cascade);
        attempt.Property(a => a.Provider).HasMaxLength(40);
        attempt.Property(a => a.Outcome).HasMaxLength(20);
        attempt.Property(a => a.Error).HasMaxLength(500);
        attempt.HasIndex(a => a.StartedAt);
    }
}
