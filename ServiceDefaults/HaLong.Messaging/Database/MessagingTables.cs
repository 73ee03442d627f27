using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging;

/// <summary>The tables of this library, migrated with the service that uses them.</summary>
public static class MessagingTables
{
    /// <summary>Adds outbox_message, inbox_message, idempotency_key and the tables of evidence to the model.</summary>
    public static ModelBuilder AddMessagingTables(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(e =>
        {
            e.ToTable("outbox_message");
            e.HasKey(m => m.Sequence);
            e.Property(m => m.Sequence).UseIdentityAlwaysColumn();
            e.HasIndex(m => m.MessageId).IsUnique();
            e.HasIndex(m => new { m.AvailableAt, m.Sequence });
            e.Property(m => m.Type).HasMaxLength(200);
            e.Property(m => m.Payload).HasColumnType("jsonb");
            e.Property(m => m.TraceParent).HasMaxLength(55);
            e.Property(m => m.LastError).HasMaxLength(OutboxMessage.MaxErrorLength);
        });
        model.Entity<InboxMessage>(e =>
        {
            e.ToTable("inbox_message");
            e.HasKey(m => new { m.MessageId, m.Endpoint });
            e.Property(m => m.Endpoint).HasMaxLength(200);
            e.HasIndex(m => m.ReceivedAt);
        });
        model.Entity<IdempotencyKey>(e =>
        {
            e.ToTable("idempotency_key");
            e.HasKey(k => new { k.Principal, k.Key });
            e.Property(k => k.Principal).HasMaxLength(100);
            e.Property(k => k.Key).HasMaxLength(200);
            e.HasIndex(k => k.CreatedAt);
        });
        EvidenceTables.AddTo(model);
        return model;
    }
}
