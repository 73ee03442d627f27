using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Where a document comes from, and how often it was used again.</summary>
internal sealed class ReuseConfiguration : IEntityTypeConfiguration<DossierDocument>
{
    public void Configure(EntityTypeBuilder<DossierDocument> builder)
    {
        builder.Property(d => d.Origin).HasMaxLength(24);
        // No foreign key: the copy stays when the dossier of the first one is destroyed.
        builder.HasIndex(d => d.ReusedFrom).HasFilter("reused_from IS NOT NULL").HasDatabaseName("ix_dossier_document_reused_from");
    }
}
