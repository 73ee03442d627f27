using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Catalogue.Administration;
using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of the catalogue: procedures by version, the tariff, drafts, the audit of its administration, and the count of its changes.</summary>
internal sealed class CatalogueConfiguration :
    IEntityTypeConfiguration<Procedure>, IEntityTypeConfiguration<TariffItem>, IEntityTypeConfiguration<ProcedureDraft>,
    IEntityTypeConfiguration<CatalogueAuditEntry>, IEntityTypeConfiguration<CatalogueStamp>
{
    public void Configure(EntityTypeBuilder<Procedure> builder)
    {
        builder.ToTable("procedure");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Code).HasMaxLength(32);
        builder.Property(p => p.Field).HasMaxLength(32);
        builder.Property(p => p.Level).HasMaxLength(16);
        builder.Property(p => p.Content).HasColumnType("jsonb");
        builder.Property(p => p.ContentHash).HasMaxLength(64);
        builder.Ignore(p => p.IsReplaced);
        // At most one version of a procedure is without an end; that none overlap is a constraint of the migration.
        builder.HasIndex(p => p.Code).IsUnique().HasFilter("valid_to IS NULL").HasDatabaseName("ix_procedure_in_force");
        builder.HasIndex(p => new { p.Code, p.ValidFrom });
    }

    public void Configure(EntityTypeBuilder<TariffItem> builder)
    {
        builder.ToTable("tariff_item");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.ProcedureCode).HasMaxLength(32);
        builder.Property(t => t.Kind).HasMaxLength(8);
        builder.HasIndex(t => new { t.ProcedureCode, t.Kind, t.ValidFrom }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ProcedureDraft> builder)
    {
        builder.ToTable("procedure_draft");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Version).IsRowVersion();
        builder.Property(d => d.Code).HasMaxLength(32);
        builder.Property(d => d.State).HasMaxLength(16);
        builder.Property(d => d.Content).HasColumnType("jsonb");
        builder.Property(d => d.ContentHash).HasMaxLength(64);
        builder.Property(d => d.Note).HasMaxLength(2000);
        builder.Property(d => d.Reason).HasMaxLength(500);
        builder.HasOne<Procedure>().WithMany().HasForeignKey(d => d.BasedOn).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Procedure>().WithMany().HasForeignKey(d => d.VersionId).OnDelete(DeleteBehavior.Restrict);
        // One change of a procedure at a time: two would undo each other.
        builder.HasIndex(d => d.Code).IsUnique().HasFilter("state IN ('draft', 'review', 'approved')").HasDatabaseName("ix_procedure_draft_open");
        builder.HasIndex(d => new { d.Code, d.Id });
        builder.HasIndex(d => new { d.State, d.Id });
        builder.HasIndex(d => d.ImportId).HasFilter("import_id IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<CatalogueAuditEntry> builder)
    {
        builder.ToTable("catalogue_audit");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.ActorUnit).HasMaxLength(20);
        builder.Property(e => e.Action).HasMaxLength(32);
        builder.Property(e => e.Code).HasMaxLength(32);
        builder.Property(e => e.Details).HasColumnType("jsonb");
        builder.Property(e => e.TraceId).HasMaxLength(32);
        builder.HasIndex(e => new { e.Code, e.Id });
    }

    public void Configure(EntityTypeBuilder<CatalogueStamp> builder)
    {
        builder.ToTable("catalogue_stamp");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasData(new CatalogueStamp());
    }
}
