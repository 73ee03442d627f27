using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class SubscriptionConfiguration
    : IEntityTypeConfiguration<Subscription>, IEntityTypeConfiguration<SubscriptionSecret>, IEntityTypeConfiguration<SubscriptionHealth>,
      IEntityTypeConfiguration<SubscriptionChange>
{
    public void Configure(EntityTypeBuilder<Subscription> subscription)
    {
        subscription.ToTable("subscription");
        subscription.HasKey(s => s.Id);
        subscription.Property(s => s.Id).ValueGeneratedNever();
        subscription.Property(s => s.Owner).HasMaxLength(100);
        subscription.Property(s => s.Url).HasMaxLength(2000);
        subscription.Property(s => s.Description).HasMaxLength(200);
        subscription.Property(s => s.CreationKey).HasMaxLength(200);
        subscription.Property(s => s.CreationHash).HasMaxLength(64);
        subscription.Property(s => s.State).HasWords();
        subscription.Property(s => s.StateReason).HasMaxLength(40);
        foreach (var list in new[] { nameof(Subscription.Procedures), nameof(Subscription.Fields), nameof(Subscription.Units), nameof(Subscription.HeaderNames) })
            subscription.Property<string[]>(list).HasDefaultValueSql("'{}'");
        subscription.Property(s => s.Subjects).HasDefaultValueSql("'{}'");
        subscription.Property(s => s.RouteKeys).HasDefaultValueSql("'{*}'");
        subscription.Property(s => s.Version).IsRowVersion();
        subscription.Ignore(s => s.IsProved);
        subscription.HasMany(s => s.Secrets).WithOne().HasForeignKey(k => k.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        subscription.HasIndex(s => new { s.Owner, s.Id });
        subscription.HasIndex(s => new { s.Owner, s.CreationKey }).IsUnique();
        subscription.HasIndex(s => s.RouteKeys).HasMethod("gin");
    }

    public void Configure(EntityTypeBuilder<SubscriptionSecret> secret)
    {
        secret.ToTable("subscription_secret");
        secret.HasKey(k => k.Id);
        secret.Property(k => k.Id).ValueGeneratedNever();
        secret.Property(k => k.CreationKey).HasMaxLength(200);
        secret.HasIndex(k => new { k.SubscriptionId, k.CreationKey }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SubscriptionHealth> health)
    {
        health.ToTable("subscription_health");
        health.HasKey(h => h.SubscriptionId);
        health.Property(h => h.SubscriptionId).ValueGeneratedNever();
        health.Property(h => h.ProbeError).HasMaxLength(200);
        health.HasOne<Subscription>().WithOne().HasForeignKey<SubscriptionHealth>(h => h.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        health.HasIndex(h => h.ProbeDueAt).HasFilter("probe_due_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<SubscriptionChange> change)
    {
        change.ToTable("subscription_change");
        change.HasKey(c => c.Id);
        change.Property(c => c.Id).UseIdentityAlwaysColumn();
        change.Property(c => c.What).HasMaxLength(40);
        change.Property(c => c.Reason).HasMaxLength(40);
        change.Property(c => c.By).HasMaxLength(10);
        change.HasOne<Subscription>().WithMany().HasForeignKey(c => c.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        change.HasIndex(c => new { c.SubscriptionId, c.Id });
    }
}
