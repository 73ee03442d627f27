using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<DataKey> DataKeys => Set<DataKey>();
}

internal sealed class DataKeyConfiguration : IEntityTypeConfiguration<DataKey>
{
    public void Configure(EntityTypeBuilder<DataKey> builder)
    {
        builder.ToTable("data_key");
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Use).HasMaxLength(10);
        builder.HasIndex(k => new { k.Use, k.Version }).IsUnique();
        // One key in force per use, whoever rotates at the same moment.
        builder.HasIndex(k => k.Use).IsUnique().HasFilter("activated_at IS NOT NULL AND retired_at IS NULL");
        builder.Ignore(k => k.IsInForce);
    }
}

internal sealed class AccountIndexConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder) => builder.HasIndex(a => a.PersonalNumberNextIndex).IsUnique();
}
