using HaLong.Identity.Codes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<OneTimeCode> OneTimeCodes => Set<OneTimeCode>();

    public DbSet<DirectNotice> DirectNotices => Set<DirectNotice>();
}

internal sealed class OneTimeCodeConfiguration : IEntityTypeConfiguration<OneTimeCode>
{
    public void Configure(EntityTypeBuilder<OneTimeCode> builder)
    {
        builder.ToTable("one_time_code");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Purpose).HasMaxLength(40);
        builder.Property(c => c.BoundTo).HasMaxLength(100);
        builder.Property(c => c.Channel).HasMaxLength(5);
        builder.Property(c => c.Language).HasMaxLength(2);
        builder.Property(c => c.Details).HasMaxLength(200);
        builder.HasIndex(c => c.CreatedAt);
        builder.HasIndex(c => c.BoundTo);
    }
}

internal sealed class DirectNoticeConfiguration : IEntityTypeConfiguration<DirectNotice>
{
    public void Configure(EntityTypeBuilder<DirectNotice> builder)
    {
        builder.ToTable("direct_notice");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Channel).HasMaxLength(5);
        builder.Property(n => n.Language).HasMaxLength(2);
        builder.Property(n => n.Template).HasMaxLength(40);
        builder.Property(n => n.Values).HasColumnType("jsonb");
        builder.HasIndex(n => n.ExpiresAt);
    }
}
