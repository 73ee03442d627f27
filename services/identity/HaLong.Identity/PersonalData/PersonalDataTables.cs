using HaLong.Identity.PersonalData;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Identity.Persistence;

internal sealed partial class IdentityDbContext
{
    public DbSet<IdentityDocument> IdentityDocuments => Set<IdentityDocument>();

    public DbSet<RetentionPolicy> RetentionPolicies => Set<RetentionPolicy>();

    public DbSet<DestructionRecord> DestructionRecords => Set<DestructionRecord>();
}

internal sealed class IdentityDocumentConfiguration : IEntityTypeConfiguration<IdentityDocument>
{
    public void Configure(EntityTypeBuilder<IdentityDocument> builder)
    {
        builder.ToTable("identity_document");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Side).HasMaxLength(5);
        builder.Property(d => d.MediaType).HasMaxLength(20);
        builder.HasIndex(d => new { d.AccountId, d.Side }).IsUnique();
        builder.HasOne<Domain.Account>().WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RetentionPolicyConfiguration : IEntityTypeConfiguration<RetentionPolicy>
{
    public void Configure(EntityTypeBuilder<RetentionPolicy> builder)
    {
        builder.ToTable("retention_policy");
        builder.HasKey(p => new { p.Class, p.ValidFrom });
        builder.Property(p => p.Class).HasMaxLength(40);
    }
}

internal sealed class DestructionRecordConfiguration : IEntityTypeConfiguration<DestructionRecord>
{
    public void Configure(EntityTypeBuilder<DestructionRecord> builder)
    {
        builder.ToTable("destruction_record");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Class).HasMaxLength(40);
        builder.HasIndex(r => r.At);
    }
}
