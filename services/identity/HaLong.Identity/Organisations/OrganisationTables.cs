using HaLong.Identity.Domain;
using HaLong.Identity.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<OrganisationClaim> OrganisationClaims => Set<OrganisationClaim>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Representative> Representatives => Set<Representative>();
}

internal sealed class OrganisationClaimConfiguration : IEntityTypeConfiguration<OrganisationClaim>
{
    public void Configure(EntityTypeBuilder<OrganisationClaim> builder)
    {
        builder.ToTable("organisation_claim");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.CodeKey).HasMaxLength(50);
        builder.Property(c => c.TaxCode).HasMaxLength(14);
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Property(c => c.ForeignName).HasMaxLength(200);
        builder.Property(c => c.ShortName).HasMaxLength(100);
        builder.Property(c => c.Address).HasMaxLength(300);
        builder.Property(c => c.Email).HasMaxLength(254);
        builder.Property(c => c.Phone).HasMaxLength(20);
        builder.Property(c => c.UnitCode).HasMaxLength(10);
        builder.Property(c => c.State).HasMaxLength(10);
        builder.Property(c => c.Reason).HasMaxLength(500);
        builder.Property(c => c.Version).IsRowVersion();
        // One person claims one code once at a time, however often and fast he asks.
        builder.HasIndex(c => new { c.ClaimantId, c.CodeKey }).IsUnique().HasFilter("state = 'claimed'");
        builder.HasIndex(c => new { c.ClaimantId, c.Id });
        builder.HasIndex(c => new { c.UnitCode, c.State, c.Id });
    }
}

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisation");
        builder.HasKey(o => o.AccountId);
        builder.Property(o => o.AccountId).ValueGeneratedNever();
        builder.Property(o => o.CodeKey).HasMaxLength(50);
        builder.HasIndex(o => o.CodeKey).IsUnique();
        builder.HasIndex(o => o.OwnerId);
        builder.Property(o => o.ForeignName).HasMaxLength(200);
        builder.Property(o => o.ShortName).HasMaxLength(100);
        builder.Property(o => o.Address).HasMaxLength(300);
        builder.Property(o => o.UnitCode).HasMaxLength(10);
        builder.Property(o => o.CertificateNumber).HasMaxLength(50);
        builder.Property(o => o.ScanReference).HasMaxLength(100);
        builder.Property(o => o.Version).IsRowVersion();
        builder.HasOne<Account>().WithOne().HasForeignKey<Organisation>(o => o.AccountId);
    }
}

internal sealed class RepresentativeConfiguration : IEntityTypeConfiguration<Representative>
{
    public void Configure(EntityTypeBuilder<Representative> builder)
    {
        builder.ToTable("representative");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.InvitedName).HasMaxLength(100);
        builder.Property(r => r.Kind).HasMaxLength(12);
        builder.Property(r => r.State).HasMaxLength(10);
        builder.Property(r => r.Version).IsRowVersion();
        builder.Ignore(r => r.EndsAt);
        builder.HasIndex(r => new { r.OrganisationId, r.Id });
        builder.HasIndex(r => new { r.AccountId, r.Id });
        // One invitation of a person at a time; and who looks for an own one finds it.
        builder.HasIndex(r => new { r.OrganisationId, r.InvitedIndex }).IsUnique().HasFilter("state = 'invited'");
        builder.HasIndex(r => r.InvitedIndex).HasFilter("account_id IS NULL");
        builder.HasIndex(r => r.LapsesAfter).HasFilter("state IN ('invited', 'active')");
    }
}
