using HaLong.Identity.Counter;
using HaLong.Identity.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<AccountVerification> AccountVerifications => Set<AccountVerification>();
}

internal sealed class AccountVerificationConfiguration : IEntityTypeConfiguration<AccountVerification>
{
    public void Configure(EntityTypeBuilder<AccountVerification> builder)
    {
        builder.ToTable("account_verification");
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.DocumentKind).HasMaxLength(20);
        builder.Property(v => v.UnitCode).HasMaxLength(10);
        builder.Property(v => v.Note).HasMaxLength(500);
        builder.Property(v => v.UndoReason).HasMaxLength(500);
        builder.Property(v => v.Version).IsRowVersion();
        builder.HasIndex(v => new { v.AccountId, v.Id });
        builder.HasOne<Account>().WithMany().HasForeignKey(v => v.AccountId);
    }
}

/// <summary>What the search at the counter looks accounts up by.</summary>
internal sealed class AccountSearchConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder) => builder.HasIndex(a => a.Phone);
}
