using HaLong.Identity.Domain;
using HaLong.Identity.Registration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<PendingRegistration> Registrations => Set<PendingRegistration>();

    public DbSet<AccountProfile> Profiles => Set<AccountProfile>();

    /// <summary>The profile of an account, made when it has none yet; the caller saves.</summary>
    public async Task<AccountProfile> ProfileOfAsync(Guid accountId, CancellationToken ct) =>
        await Profiles.FindAsync([accountId], ct) ?? Profiles.Add(new AccountProfile { AccountId = accountId }).Entity;
}

internal sealed class PendingRegistrationConfiguration : IEntityTypeConfiguration<PendingRegistration>
{
    public void Configure(EntityTypeBuilder<PendingRegistration> builder)
    {
        builder.ToTable("registration");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.ExpiresAt);
    }
}

internal sealed class AccountProfileConfiguration : IEntityTypeConfiguration<AccountProfile>
{
    public void Configure(EntityTypeBuilder<AccountProfile> builder)
    {
        builder.ToTable("account_profile");
        builder.HasKey(p => p.AccountId);
        builder.Property(p => p.AccountId).ValueGeneratedNever();
        builder.Property(p => p.Sex).HasMaxLength(6);
        builder.Property(p => p.Channels).HasDefaultValueSql("'{inApp,email}'");
        builder.Property(p => p.Digest).HasMaxLength(6).HasDefaultValue(Profile.Digests.None);
        builder.HasOne<Account>().WithOne().HasForeignKey<AccountProfile>(p => p.AccountId);
    }
}
