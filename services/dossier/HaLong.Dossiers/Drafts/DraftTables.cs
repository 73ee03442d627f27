using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Drafts;

/// <summary>Tables of drafts: their revisions, and which revision a version of the row holds.</summary>
internal sealed class DraftTables : IEntityTypeConfiguration<DraftRevision>, IEntityTypeConfiguration<DraftVersion>
{
    public void Configure(EntityTypeBuilder<DraftRevision> builder)
    {
        builder.ToTable("draft_revision");
        builder.HasKey(r => new { r.DossierId, r.Number });
        builder.Property(r => r.Number).ValueGeneratedNever();
        builder.Property(r => r.Role).HasMaxLength(32);
        builder.Property(r => r.Channel).HasMaxLength(16);
        builder.Property(r => r.Patch).HasColumnType("jsonb");
        builder.HasOne<Dossier>().WithMany().HasForeignKey(r => r.DossierId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DraftVersion> builder)
    {
        builder.ToTable("draft_version");
        builder.HasKey(v => new { v.DossierId, v.Version });
        builder.Property(v => v.Version).ValueGeneratedNever();
        builder.HasOne<Dossier>().WithMany().HasForeignKey(v => v.DossierId).OnDelete(DeleteBehavior.Cascade);
    }
}
