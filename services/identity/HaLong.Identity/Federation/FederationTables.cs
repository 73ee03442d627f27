using HaLong.Identity.Federation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<ExternalLogin> ExternalLogins => Set<ExternalLogin>();
}

internal sealed class ExternalLoginConfiguration : IEntityTypeConfiguration<ExternalLogin>
{
    public void Configure(EntityTypeBuilder<ExternalLogin> builder)
    {
        builder.ToTable("external_login");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Issuer).HasMaxLength(300);
        // The longest subject that OpenID Connect allows.
        builder.Property(l => l.Subject).HasMaxLength(255);
        builder.Property(l => l.Provider).HasMaxLength(40);
        // Whoever comes first at the same moment: one login opens one account.
        builder.HasIndex(l => new { l.Issuer, l.Subject }).IsUnique();
        builder.HasIndex(l => l.AccountId);
    }
}
