using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<Delivery>, IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("webhook_delivery");
        delivery.HasKey(d => d.Id);
        delivery.Property(d => d.Id).UseIdentityAlwaysColumn();
        delivery.Property(d => d.State).HasWords();
        delivery.Property(d => d.LastError).HasMaxLength(200);
        delivery.HasOne<Subscription>().WithMany().HasForeignKey(d => d.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasOne(d => d.Event).WithMany().HasForeignKey(d => d.EventId).OnDelete(DeleteBehavior.Restrict);
        delivery.HasMany(d => d.Log).WithOne().HasForeignKey(a => a.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasIndex(d => new { d.SubscriptionId, d.EventId }).IsUnique();
        delivery.HasIndex(d => new { d.SubscriptionId, d.Position });

        // What is due of a subscription in the order it is taken, and whether an earlier event of the same dossier is still on its way.
        delivery.HasIndex(d => new { d.SubscriptionId, d.DueAt, d.Position }).HasFilter("state = 'pending'").HasDatabaseName("ix_webhook_delivery_due");
        delivery.HasIndex(d => new { d.SubscriptionId, d.DossierId, d.Position }).HasFilter("state = 'pending'").HasDatabaseName("ix_webhook_delivery_head");

        // What is over: by age for its removal, by subscription for its figures.
        delivery.HasIndex(d => d.DueAt).HasFilter("state <> 'pending'").HasDatabaseName("ix_webhook_delivery_over");
        delivery.HasIndex(d => new { d.SubscriptionId, d.DeliveredAt }).HasFilter("state = 'delivered'").HasDatabaseName("ix_webhook_delivery_delivered");
        delivery.HasIndex(d => new { d.SubscriptionId, d.Position }, "dead").HasFilter("state = 'dead'").HasDatabaseName("ix_webhook_delivery_dead");
    }

    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("delivery_attempt");
        attempt.HasKey(a => new { a.DeliveryId, a.Number });
        attempt.Property(a => a.Error).HasMaxLength(200);
        attempt.Property(a => a.Url).HasMaxLength(2000);
        attempt.Property(a => a.HeaderNames).HasDefaultValueSql("'{}'");
    }
}
