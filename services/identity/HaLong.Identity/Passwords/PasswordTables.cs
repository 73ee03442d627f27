using HaLong.Identity.Passwords;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();
}

internal sealed class PasswordResetConfiguration : IEntityTypeConfiguration<PasswordReset>
{
    public void Configure(EntityTypeBuilder<PasswordReset> builder)
    {
        builder.ToTable("password_reset");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.ExpiresAt);
    }
}
