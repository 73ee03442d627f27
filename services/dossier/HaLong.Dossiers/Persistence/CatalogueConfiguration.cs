using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Tables of the catalogue: procedures by version, and the tariff.</summary>
internal sealed class CatalogueConfiguration : IEntityTypeConfiguration<Procedure>, IEntityTypeConfiguration<TariffItem>
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
        // At most one version of a procedure is in force.
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
}
