using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Waits;

/// <summary>How many stays of a length ended on a day.</summary>
internal sealed class WaitDay : WaitCell
{
    public DateOnly Day { get; init; }
}

/// <summary>How many stays of a length ended in a month, by its first day.</summary>
internal sealed class WaitMonth : WaitCell
{
    public DateOnly Month { get; init; }
}

/// <summary>See <see cref="WaitKey"/>.</summary>
internal abstract class WaitCell
{
    public short Grain { get; init; }
    public required string UnitCode { get; init; }
    public required string ProcedureCode { get; init; }
    public short Kind { get; init; }

    /// <summary>See <see cref="WaitBuckets"/>.</summary>
    public int Bucket { get; init; }

    public long? Stays { get; init; }
}

/// <summary>Their tables.</summary>
internal sealed class WaitTables : IEntityTypeConfiguration<WaitDay>, IEntityTypeConfiguration<WaitMonth>
{
    public void Configure(EntityTypeBuilder<WaitDay> builder)
    {
        builder.ToTable("wait_day", FactTables.Schema);
        Common(builder);
        builder.HasKey(c => new { c.Grain, c.Day, c.UnitCode, c.ProcedureCode, c.Kind, c.Bucket });
    }

    public void Configure(EntityTypeBuilder<WaitMonth> builder)
    {
        builder.ToTable("wait_cell", FactTables.Schema);
        Common(builder);
        builder.HasKey(c => new { c.Grain, c.Month, c.UnitCode, c.ProcedureCode, c.Kind, c.Bucket });
    }

    private static void Common<TCell>(EntityTypeBuilder<TCell> builder)
        where TCell : WaitCell
    {
        builder.Property(c => c.UnitCode).UseCollation("C");
        builder.Property(c => c.ProcedureCode).UseCollation("C");
    }
}
