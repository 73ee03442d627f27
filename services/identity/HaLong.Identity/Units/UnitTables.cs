using HaLong.Identity.Domain;
using HaLong.Identity.Units;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<UnitTransition> UnitTransitions => Set<UnitTransition>();

    public DbSet<UnitGroup> UnitGroups => Set<UnitGroup>();

    public DbSet<UnitGroupPeriod> UnitGroupPeriods => Set<UnitGroupPeriod>();

    public DbSet<ReceivingPlace> ReceivingPlaces => Set<ReceivingPlace>();

    public DbSet<AgencyCode> AgencyCodes => Set<AgencyCode>();
}

internal sealed class UnitConfiguration : IEntityTypeConfiguration<Unit>
{
    public const int LongestId = 21;

    public void Configure(EntityTypeBuilder<Unit> builder)
    {
        builder.ToTable("unit");
        builder.Property(u => u.Id).HasMaxLength(LongestId).ValueGeneratedNever().UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.HasIndex(u => new { u.Code, u.ValidFrom }).IsUnique();
        builder.Property(u => u.Code).HasMaxLength(10);
        builder.Property(u => u.Kind).HasMaxLength(20);
        builder.Property(u => u.Level).HasMaxLength(10);
        builder.Property(u => u.ParentCode).HasMaxLength(10);
        builder.HasIndex(u => u.ParentCode);
        builder.Property(u => u.Version).IsRowVersion();
    }
}

internal sealed class UnitTransitionConfiguration : IEntityTypeConfiguration<UnitTransition>
{
    public void Configure(EntityTypeBuilder<UnitTransition> builder)
    {
        builder.ToTable("unit_transition");
        builder.HasKey(t => new { t.FromId, t.ToId });
        builder.Property(t => t.FromId).HasMaxLength(UnitConfiguration.LongestId);
        builder.Property(t => t.ToId).HasMaxLength(UnitConfiguration.LongestId);
        builder.Property(t => t.Kind).HasMaxLength(10);
        builder.HasOne<Unit>().WithMany().HasForeignKey(t => t.FromId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Unit>().WithMany().HasForeignKey(t => t.ToId).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(t => t.IsWhole);
    }
}

internal sealed class UnitGroupConfiguration : IEntityTypeConfiguration<UnitGroup>
{
    public void Configure(EntityTypeBuilder<UnitGroup> builder)
    {
        builder.ToTable("unit_group");
        builder.HasKey(g => g.Code);
        builder.Property(g => g.Code).HasMaxLength(20);
        builder.HasMany(g => g.Periods).WithOne().HasForeignKey(p => p.GroupCode);
    }
}

internal sealed class UnitGroupPeriodConfiguration : IEntityTypeConfiguration<UnitGroupPeriod>
{
    public void Configure(EntityTypeBuilder<UnitGroupPeriod> builder)
    {
        builder.ToTable("unit_group_period");
        builder.HasKey(p => new { p.GroupCode, p.ValidFrom });
        builder.Property(p => p.GroupCode).HasMaxLength(20);
        builder.Property(p => p.ParentCode).HasMaxLength(10);
    }
}

internal sealed class ReceivingPlaceConfiguration : IEntityTypeConfiguration<ReceivingPlace>
{
    public void Configure(EntityTypeBuilder<ReceivingPlace> builder)
    {
        builder.ToTable("receiving_place");
        builder.Property(p => p.Id).HasMaxLength(40).ValueGeneratedNever();
        builder.Property(p => p.Kind).HasMaxLength(20);
        builder.Property(p => p.UnitId).HasMaxLength(UnitConfiguration.LongestId);
        builder.Property(p => p.AgencyCode).HasMaxLength(40);
        builder.HasOne<Unit>().WithMany().HasForeignKey(p => p.UnitId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(p => p.Version).IsRowVersion();
    }
}

internal sealed class AgencyCodeConfiguration : IEntityTypeConfiguration<AgencyCode>
{
    public void Configure(EntityTypeBuilder<AgencyCode> builder)
    {
        builder.ToTable("agency_code");
        builder.HasKey(c => new { c.Scheme, c.Code, c.UnitId });
        builder.Property(c => c.Scheme).HasMaxLength(10);
        builder.Property(c => c.Code).HasMaxLength(40);
        builder.Property(c => c.UnitId).HasMaxLength(UnitConfiguration.LongestId);
        builder.HasOne<Unit>().WithMany().HasForeignKey(c => c.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}
