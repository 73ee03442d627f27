using HaLong.Identity.Consents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<ConsentText> ConsentTexts => Set<ConsentText>();

    public DbSet<Consent> Consents => Set<Consent>();
}

internal sealed class ConsentTextConfiguration : IEntityTypeConfiguration<ConsentText>
{
    public void Configure(EntityTypeBuilder<ConsentText> builder)
    {
        builder.ToTable("consent_text");
        builder.HasKey(t => new { t.Purpose, t.Version });
        builder.Property(t => t.Purpose).HasMaxLength(40);
        builder.Property(t => t.Sha256).HasMaxLength(64);
        builder.Property(t => t.LegalBasis).HasMaxLength(12);
    }
}

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consent");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Purpose).HasMaxLength(40);
        builder.Property(c => c.TextSha256).HasMaxLength(64);
        builder.Property(c => c.Channel).HasMaxLength(10);
        builder.Property(c => c.Evidence).HasMaxLength(200);
        builder.HasIndex(c => new { c.AccountId, c.Purpose, c.At });
        builder.HasOne<ConsentText>().WithMany().HasForeignKey(c => new { c.Purpose, c.TextVersion }).OnDelete(DeleteBehavior.Restrict);
    }
}
