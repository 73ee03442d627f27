using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Papers of forms.</summary>
internal sealed class PapersConfiguration : IEntityTypeConfiguration<FormPaper>
{
    public void Configure(EntityTypeBuilder<FormPaper> builder)
    {
        builder.ToTable("form_paper");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Kind).HasMaxLength(32);
        builder.Ignore(p => p.Status);
        builder.HasIndex(p => p.FormId).IsUnique();
        builder.HasIndex(p => p.DossierId);
        // Those that are not there yet.
        builder.HasIndex(p => p.TriedAt).HasFilter("signed_at IS NULL").HasDatabaseName("ix_form_paper_open");
        builder.HasOne<Dossier>().WithMany().HasForeignKey(p => p.DossierId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IssuedForm>().WithMany().HasForeignKey(p => p.FormId).OnDelete(DeleteBehavior.Cascade);
    }
}
