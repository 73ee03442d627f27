using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("account");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasMaxLength(16);
        builder.Property(a => a.UserName).HasMaxLength(100);
        builder.Property(a => a.NormalizedUserName).HasMaxLength(100);
        builder.HasIndex(a => a.NormalizedUserName).IsUnique();
        builder.Property(a => a.PasswordHash).HasMaxLength(200);
        builder.Property(a => a.DisplayName).HasMaxLength(200);
        builder.Property(a => a.Email).HasMaxLength(254);
        builder.Property(a => a.Phone).HasMaxLength(20);
        builder.Property(a => a.Language).HasMaxLength(2);
        builder.Property(a => a.UnitCode).HasMaxLength(10);
        // One person, one account: the database has the last word, whoever asks at the same moment.
        builder.HasIndex(a => a.PersonalNumberIndex).IsUnique();
        builder.Property(a => a.TaxCode).HasMaxLength(14);
        builder.HasIndex(a => a.TaxCode).IsUnique();
        builder.Property(a => a.HelperKind).HasMaxLength(20);
        builder.Property(a => a.Version).IsRowVersion();
        builder.Ignore(a => a.Channel);
    }
}

internal sealed class ServerKeyConfiguration : IEntityTypeConfiguration<ServerKey>
{
    public void Configure(EntityTypeBuilder<ServerKey> builder)
    {
        builder.ToTable("server_key");
        builder.Property(k => k.Id).HasMaxLength(40);
        builder.Property(k => k.Use).HasMaxLength(3);
    }
}

internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("data_protection_key");
        builder.HasKey(k => k.Name);
        builder.Property(k => k.Name).HasMaxLength(100);
    }
}

internal sealed class SignInRecordConfiguration : IEntityTypeConfiguration<SignInRecord>
{
    public void Configure(EntityTypeBuilder<SignInRecord> builder)
    {
        builder.ToTable("sign_in_record");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Outcome).HasMaxLength(20);
        builder.Property(r => r.TraceId).HasMaxLength(32);
        builder.HasIndex(r => new { r.AccountId, r.At });
    }
}
