using HaLong.Identity.AccessLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<AccessRecord> AccessRecords => Set<AccessRecord>();

    public DbSet<AccessChain> AccessChains => Set<AccessChain>();
}

internal sealed class AccessRecordConfiguration : IEntityTypeConfiguration<AccessRecord>
{
    public void Configure(EntityTypeBuilder<AccessRecord> builder)
    {
        builder.ToTable("access_log");
        // The time is part of the key so that the table can be cut into partitions by it.
        builder.HasKey(r => new { r.Sequence, r.At });
        builder.Property(r => r.Sequence).ValueGeneratedNever();
        builder.Property(r => r.ActorRole).HasMaxLength(20);
        builder.Property(r => r.Unit).HasMaxLength(10);
        builder.Property(r => r.Service).HasMaxLength(20);
        builder.Property(r => r.What).HasMaxLength(30);
        builder.Property(r => r.Purpose).HasMaxLength(40);
        builder.Property(r => r.Note).HasMaxLength(500);
        builder.HasIndex(r => new { r.SubjectId, r.At });
        builder.HasIndex(r => new { r.ActorId, r.At });
    }
}

internal sealed class AccessChainConfiguration : IEntityTypeConfiguration<AccessChain>
{
    public void Configure(EntityTypeBuilder<AccessChain> builder)
    {
        builder.ToTable("access_log_chain");
        builder.Property(c => c.Id).ValueGeneratedNever();
    }
}
