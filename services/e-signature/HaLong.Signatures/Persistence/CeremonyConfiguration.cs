using HaLong.Signatures.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Signatures.Persistence;

/// <summary>Orders at providers, batches and the ceremony log.</summary>
internal sealed class CeremonyConfiguration : IEntityTypeConfiguration<SigningOrder>, IEntityTypeConfiguration<SigningItem>,
    IEntityTypeConfiguration<SigningBatch>, IEntityTypeConfiguration<SigningEvent>
{
    public void Configure(EntityTypeBuilder<SigningOrder> builder)
    {
        builder.ToTable("signing_order");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Provider).HasMaxLength(40);
        builder.Property(o => o.CredentialId).HasMaxLength(200);
        builder.Property(o => o.Algorithm).HasMaxLength(40);
        builder.Property(o => o.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(o => o.Transaction).HasMaxLength(500);
        builder.Property(o => o.CodeSentTo).HasMaxLength(100);
        builder.Property(o => o.Code).HasMaxLength(100);
        builder.Ignore(o => o.IsOver);
        builder.HasMany(o => o.Items).WithOne().HasForeignKey(i => i.OrderId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SigningBatch>().WithMany().HasForeignKey(o => o.BatchId).OnDelete(DeleteBehavior.Restrict);
        // What the worker looks for.
        builder.HasIndex(o => o.NextAt).HasFilter("state IN ('Prepared', 'Begun', 'Answered')");
        builder.HasIndex(o => o.NoticedAt).HasFilter("noticed_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<SigningItem> builder)
    {
        builder.ToTable("signing_item");
        builder.HasKey(i => new { i.OrderId, i.Number });
        builder.Property(i => i.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(i => i.Title).HasMaxLength(200);
        builder.Property(i => i.Code).HasMaxLength(100);
        builder.HasIndex(i => i.SessionId);
        builder.HasOne<SigningSession>().WithMany().HasForeignKey(i => i.SessionId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SigningBatch> builder)
    {
        builder.ToTable("signing_batch");
        builder.Property(b => b.RequestKey).HasMaxLength(200);
        builder.HasIndex(b => new { b.AccountId, b.RequestKey }).IsUnique().HasFilter("request_key IS NOT NULL");
        builder.HasIndex(b => new { b.AccountId, b.Id });
    }

    public void Configure(EntityTypeBuilder<SigningEvent> builder)
    {
        builder.ToTable("signing_event");
        builder.Property(e => e.Id).UseIdentityAlwaysColumn();
        builder.Property(e => e.UnitCode).HasMaxLength(20);
        builder.Property(e => e.Step).HasConversion<string>().HasMaxLength(20);
        builder.Property(e => e.Actor).HasMaxLength(100);
        builder.Property(e => e.Sha256).HasMaxLength(64);
        builder.Property(e => e.Detail).HasMaxLength(100);
        builder.HasIndex(e => new { e.SessionId, e.Id });
        builder.HasIndex(e => new { e.UnitCode, e.Id });
        // What a signer was shown.
        builder.HasIndex(e => new { e.SignerId, e.DocumentId, e.Sha256 }).HasFilter("step = 'Viewed' AND signer_id IS NOT NULL");
        builder.HasOne<SigningSession>().WithMany().HasForeignKey(e => e.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}
