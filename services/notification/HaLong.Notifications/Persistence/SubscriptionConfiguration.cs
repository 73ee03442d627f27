using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class SubscriptionConfiguration
    : IEntityTypeConfiguration<Subscription>, IEntityTypeConfiguration<Delivery>, IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<Subscription> subscription)
    {
        subscription.ToTable("subscription");
        subscription.HasKey(s => s.Id);
        subscription.Property(s => s.Id).ValueGeneratedNever();
        subscription.Property(s => s.Owner).HasMaxLength(100);
        subscription.Property(s => s.Url).HasMaxLength(2000);
        subscription.Property(s => s.CreationKey).HasMaxLength(200);
        subscription.Property(s => s.CreationHash).HasMaxLength(64);
        subscription.Property(s => s.State).HasWords();
        subscription.Property(s => s.Version).IsRowVersion();
        subscription.HasIndex(s => new { s.Owner, s.Id });
        subscription.HasIndex(s => new { s.Owner, s.CreationKey }).IsUnique();
    }

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

        // What is due of a subscription, and whether an earlier event of the same dossier is still on its way.
        delivery.HasIndex(d => new { d.SubscriptionId, d.DueAt }).HasFilter("state = 'pending'").HasDatabaseName("ix_webhook_delivery_due");
        delivery.HasIndex(d => new { d.SubscriptionId, d.DossierId, d.Position }).HasFilter("state = 'pending'").HasDatabaseName("ix_webhook_delivery_head");
    }

    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("delivery_attempt");
        attempt.HasKey(a => new { a.DeliveryId, a.Number });
        attempt.Property(a => a.Error).HasMaxLength(200);
    }
}
