using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Units;

/// <summary>A version of a unit as identity told it when a dossier of its first appeared: names and who is above, for reports and rights.</summary>
internal sealed class StatisticsUnit
{
    /// <summary>code@validFrom.</summary>
    public required string Id { get; init; }

    public required string Code { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }

    /// <summary>province, district or commune.</summary>
    public required string Level { get; init; }

    /// <summary>Code of the unit above; empty for the highest.</summary>
    public required string ParentCode { get; init; }
}

/// <summary>Its table.</summary>
internal sealed class UnitTables : IEntityTypeConfiguration<StatisticsUnit>
{
    public void Configure(EntityTypeBuilder<StatisticsUnit> builder)
    {
        builder.ToTable("unit", FactTables.Schema);
        builder.Property(u => u.Id).HasMaxLength(40);
        builder.Property(u => u.Code).HasMaxLength(20);
        builder.Property(u => u.Level).HasMaxLength(16);
        builder.Property(u => u.ParentCode).HasMaxLength(20);
        builder.HasIndex(u => u.Code);
        builder.HasIndex(u => u.ParentCode);
    }
}
