using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>A day of the cube; a column for each measure, NULL for nothing.</summary>
internal sealed class CubeDay : CubeCell
{
    public DateOnly Day { get; init; }
}

/// <summary>A month of the cube, by its first day. Stocks are changes in the month, as on days: the stock is their sum from the beginning.</summary>
internal sealed class CubeMonth : CubeCell
{
    public DateOnly Month { get; init; }
    public required string Officer { get; init; }
}

/// <summary>See <see cref="CubeKey"/>.</summary>
internal abstract class CubeCell
{
    public short Grain { get; init; }
    public required string UnitCode { get; init; }
    public required string Level { get; init; }
    public required string ProcedureCode { get; init; }
    public required string FieldCode { get; init; }
    public required string Source { get; init; }
    public required string Hand { get; init; }
    public required string HelperUnit { get; init; }
    public required string UnitId { get; init; }
}

/// <summary>The tables of the cube.</summary>
internal sealed class CubeTables : IEntityTypeConfiguration<CubeDay>, IEntityTypeConfiguration<CubeMonth>
{
    private static readonly string[] Keys =
    [
        nameof(CubeCell.UnitCode), nameof(CubeCell.Level), nameof(CubeCell.ProcedureCode), nameof(CubeCell.FieldCode), nameof(CubeCell.Source),
        nameof(CubeCell.Hand), nameof(CubeCell.HelperUnit), nameof(CubeCell.UnitId),
    ];

    public void Configure(EntityTypeBuilder<CubeDay> builder)
    {
        builder.ToTable("cube_day", FactTables.Schema);
        Common(builder, nameof(CubeDay.Day), Keys);
        // A few days are asked for: they lie together.
        builder.HasKey(c => new { c.Grain, c.Day, c.UnitCode, c.ProcedureCode, c.Source, c.Hand, c.HelperUnit, c.FieldCode, c.Level, c.UnitId });
    }

    public void Configure(EntityTypeBuilder<CubeMonth> builder)
    {
        builder.ToTable("cube_month", FactTables.Schema);
        Common(builder, nameof(CubeMonth.Month), [.. Keys, nameof(CubeMonth.Officer)]);
        // Stocks need all months, often of some units: the units lie together.
        builder.HasKey(c => new { c.Grain, c.UnitCode, c.Month, c.ProcedureCode, c.Source, c.Hand, c.HelperUnit, c.FieldCode, c.Level, c.UnitId, c.Officer });
    }

    private static void Common<TCell>(EntityTypeBuilder<TCell> builder, string period, IEnumerable<string> keys)
        where TCell : CubeCell
    {
        var order = 0;
        builder.Property(c => c.Grain).HasColumnOrder(order++);
        builder.Property<DateOnly>(period).HasColumnOrder(order++);
        // Compared by bytes: sorting millions of cells by the rules of a language would take minutes.
        foreach (var key in keys)
            builder.Property<string>(key).UseCollation("C").HasColumnOrder(order++);
        // Stocks come first: whoever sums them up from the beginning need not read past them.
        foreach (var measure in Figures.Measures.OrderByDescending(m => m >= Measure.StockNew).ThenBy(m => m))
            builder.Property<long?>(measure.ToString()).HasColumnOrder(order++);
    }
}
