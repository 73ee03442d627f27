using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal sealed class PushSubscriptionConfiguration : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> device)
    {
        device.ToTable("push_subscription");
        device.HasKey(d => d.Id);
        device.Property(d => d.Id).ValueGeneratedNever();
        device.Property(d => d.Service).HasMaxLength(255);
        device.HasIndex(d => d.EndpointHash).IsUnique();
        device.HasIndex(d => new { d.AccountId, d.Id });
    }
}
