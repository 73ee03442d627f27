using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Forms;

/// <summary>Tables of forms: versions, and which one a dossier was opened with.</summary>
internal sealed class FormTables : IEntityTypeConfiguration<FormVersion>, IEntityTypeConfiguration<DossierForm>
{
    public void Configure(EntityTypeBuilder<FormVersion> builder)
    {
        builder.ToTable("form_version");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.ProcedureCode).HasMaxLength(32);
        builder.Property(f => f.Form).HasMaxLength(64);
        // Text, not jsonb: the order in which a form names its fields has a meaning.
        builder.Property(f => f.Content).HasColumnType("text");
        builder.Property(f => f.ContentHash).HasMaxLength(64);
        builder.HasIndex(f => f.ProcedureCode).IsUnique().HasFilter("valid_to IS NULL").HasDatabaseName("ix_form_version_in_force");
        builder.HasIndex(f => f.ContentHash);
    }

    public void Configure(EntityTypeBuilder<DossierForm> builder)
    {
        builder.ToTable("dossier_form");
        builder.HasKey(d => d.DossierId);
        builder.Property(d => d.Prefilled).HasColumnType("jsonb");
        builder.HasOne<Dossier>().WithOne().HasForeignKey<DossierForm>(d => d.DossierId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<FormVersion>().WithMany().HasForeignKey(d => d.FormVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}
