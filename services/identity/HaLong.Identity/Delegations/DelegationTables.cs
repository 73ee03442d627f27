using HaLong.Identity.Delegations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<Delegation> Delegations => Set<Delegation>();
}

internal sealed class DelegationConfiguration : IEntityTypeConfiguration<Delegation>
{
    public void Configure(EntityTypeBuilder<Delegation> builder)
    {
        builder.ToTable("delegation");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.InvitedName).HasMaxLength(200);
        builder.Property(d => d.Note).HasMaxLength(500);
        builder.Property(d => d.State).HasMaxLength(10);
        builder.Property(d => d.Version).IsRowVersion();
        builder.Ignore(d => d.EndsAt);
        builder.HasIndex(d => new { d.PrincipalId, d.Id });
        builder.HasIndex(d => new { d.DelegateId, d.Id });
        // Offers that look for who has a number; most rows have found their delegate.
        builder.HasIndex(d => d.InvitedIndex).HasFilter("delegate_id IS NULL");
        builder.HasIndex(d => d.To).HasFilter("state IN ('offered', 'accepted')");
    }
}
