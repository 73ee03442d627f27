using System.Text.Json;
using HaLong.Dossiers.Archive.Destruction;
using HaLong.Dossiers.Archive.Exports;
using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of archive exports and destruction lists, and the columns of a dossier that come with them.</summary>
internal sealed class ArchiveConfiguration :
    IEntityTypeConfiguration<Dossier>, IEntityTypeConfiguration<ArchiveExport>, IEntityTypeConfiguration<ArchiveItem>, IEntityTypeConfiguration<DestructionList>,
    IEntityTypeConfiguration<DestructionItem>
{
    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.HoldReason).HasMaxLength(200);
        builder.Property(d => d.ArchiveKey).HasMaxLength(200);
        builder.HasIndex(d => new { d.UnitCode, d.ClosedAt, d.Id }).HasFilter("closed_at IS NOT NULL AND destroyed_at IS NULL").HasDatabaseName("ix_dossier_closed");
        builder.HasIndex(d => d.UpdatedAt).HasFilter("status = 'DRAFT'").HasDatabaseName("ix_dossier_idle_draft");
    }

    public void Configure(EntityTypeBuilder<ArchiveExport> builder)
    {
        builder.ToTable("archive_export");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.UnitCode).HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<ArchiveItem> builder)
    {
        builder.ToTable("archive_item");
        builder.HasKey(i => new { i.ExportId, i.DossierId });
        builder.Property(i => i.State).HasMaxLength(16);
        builder.Property(i => i.Key).HasMaxLength(200);
        builder.Property(i => i.Sha256).HasMaxLength(64);
        builder.HasOne<ArchiveExport>().WithMany().HasForeignKey(i => i.ExportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => new { i.ExportId, i.DossierId }).HasFilter("state = 'pending'").HasDatabaseName("ix_archive_item_pending");
    }

    public void Configure(EntityTypeBuilder<DestructionList> builder)
    {
        builder.ToTable("destruction_list");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.UnitCode).HasMaxLength(20);
        builder.Property(l => l.State).HasMaxLength(16);
        builder.Property(l => l.LegalBasis).HasMaxLength(500);
        builder.Property(l => l.Version).IsRowVersion();
        builder.HasIndex(l => l.Id).HasFilter("state = 'approved'").HasDatabaseName("ix_destruction_list_approved");
    }

    public void Configure(EntityTypeBuilder<DestructionItem> builder)
    {
        builder.ToTable("destruction_item");
        builder.HasKey(i => new { i.ListId, i.Number });
        builder.Property(i => i.Number).ValueGeneratedNever();
        builder.Property(i => i.Code).HasMaxLength(64);
        builder.Property(i => i.ProcedureCode).HasMaxLength(32);
        builder.Property(i => i.Status).HasMaxLength(32);
        builder.Property(i => i.State).HasMaxLength(16);
        builder.Property(i => i.Files).HasColumnType("jsonb").HasConversion(
            files => JsonSerializer.Serialize(files, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<List<DestroyedFile>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<List<DestroyedFile>>((a, b) => a!.SequenceEqual(b!), files => files.Count, files => files.ToList()));
        builder.HasOne<DestructionList>().WithMany().HasForeignKey(i => i.ListId).OnDelete(DeleteBehavior.Cascade);
        // On one open list at most: of two proposals at once one finds the other's.
        builder.HasIndex(i => i.DossierId).IsUnique().HasFilter("state = 'pending'").HasDatabaseName("ix_destruction_item_pending");
    }
}
