using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("message");
        message.HasKey(m => m.Id);
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Property(m => m.Channel).HasWords();
        message.Property(m => m.State).HasWords();
        message.Property(m => m.Kind).HasMaxLength(100);
        message.Property(m => m.Trigger).HasMaxLength(200);
        message.Property(m => m.Language).HasMaxLength(2);
        message.Property(m => m.DossierCode).HasMaxLength(50);
        message.Property(m => m.Title).HasMaxLength(300);
        message.Property(m => m.LastError).HasMaxLength(500);

        // One fact tells one person once per channel, however often the fact arrives.
        message.HasIndex(m => new { m.RecipientId, m.Kind, m.Trigger, m.Channel }).IsUnique();
        message.HasIndex(m => new { m.RecipientId, m.Id }).HasFilter("channel = 'inApp'").HasDatabaseName("ix_message_inbox");
        message.HasIndex(m => new { m.Channel, m.CreatedAt }).HasFilter("state = 'pending'").HasDatabaseName("ix_message_pending");
        message.HasIndex(m => m.DossierId);
    }
}
