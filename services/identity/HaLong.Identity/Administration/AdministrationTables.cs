using HaLong.Identity.Administration;
using HaLong.Identity.Administration.Reorganisations;
using HaLong.Identity.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<ClientRegistration> ClientRegistrations => Set<ClientRegistration>();

    public DbSet<Reorganisation> Reorganisations => Set<Reorganisation>();
}

internal sealed class RoleGrantConfiguration : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("role_grant");
        builder.Property(g => g.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(g => g.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Unit>().WithMany().HasForeignKey(g => g.UnitId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(g => g.UnitId).HasMaxLength(UnitConfiguration.LongestId);
        builder.Property(g => g.Title).HasMaxLength(200);
        builder.Property(g => g.DecisionNumber).HasMaxLength(100);
        builder.Property(g => g.LegalBasis).HasMaxLength(500);
        builder.Property(g => g.State).HasMaxLength(10);
        builder.Property(g => g.Reason).HasMaxLength(500);
        builder.HasIndex(g => g.ExpiresAt).HasFilter("state = 'pending'");
        builder.Property(g => g.Version).IsRowVersion();
    }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("admin_audit");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.ActorUnit).HasMaxLength(10);
        builder.Property(e => e.Action).HasMaxLength(40);
        builder.Property(e => e.TargetType).HasMaxLength(20);
        builder.Property(e => e.TargetId).HasMaxLength(100);
        builder.Property(e => e.UnitId).HasMaxLength(UnitConfiguration.LongestId);
        builder.Property(e => e.Before).HasColumnType("jsonb");
        builder.Property(e => e.After).HasColumnType("jsonb");
        builder.Property(e => e.TraceId).HasMaxLength(32);
        // Ids grow with time: they order the list, and each filter has its own way in.
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => new { e.UnitId, e.Id });
        builder.HasIndex(e => new { e.ActorId, e.Id });
        builder.HasIndex(e => new { e.TargetId, e.Id });
    }
}

internal sealed class ClientRegistrationConfiguration : IEntityTypeConfiguration<ClientRegistration>
{
    public void Configure(EntityTypeBuilder<ClientRegistration> builder)
    {
        builder.ToTable("client_registration");
        builder.HasKey(r => r.ClientId);
        builder.Property(r => r.ClientId).HasMaxLength(100);
        builder.Property(r => r.Version).IsRowVersion();
    }
}

internal sealed class ReorganisationConfiguration : IEntityTypeConfiguration<Reorganisation>
{
    public void Configure(EntityTypeBuilder<Reorganisation> builder)
    {
        builder.ToTable("reorganisation");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.State).HasMaxLength(10);
        builder.Property(r => r.LegalBasis).HasMaxLength(500);
        builder.Property(r => r.Document).HasColumnType("jsonb");
        builder.Property(r => r.Report).HasColumnType("jsonb");
        builder.Property(r => r.Version).IsRowVersion();
    }
}
