using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Index.Closing;

/// <summary>
/// The index of a unit, with all below it, in a month that was closed: what was told then, whatever is corrected later. Rows are only added; closing
/// again adds a further revision.
/// </summary>
internal sealed class IndexMonth
{
    /// <summary>The unit code that stands for all units together.</summary>
    public const string AllUnits = "";

    /// <summary>yyyy-MM.</summary>
    public required string Month { get; init; }

    public required string UnitCode { get; init; }

    /// <summary>From 1; the last one counts.</summary>
    public int Revision { get; init; }

    /// <summary>Version of the definitions.</summary>
    public required string Definition { get; init; }

    /// <summary>Named counts, as JSON.</summary>
    public required string Counts { get; init; }

    /// <summary>The <see cref="IndexScore"/>, as JSON.</summary>
    public required string Score { get; init; }

    public decimal Total { get; init; }
    public DateTimeOffset ClosedAt { get; init; }

    /// <summary>The administrator who closed it again; null: by the rule.</summary>
    public Guid? ClosedBy { get; init; }

    /// <summary>Why it was closed again.</summary>
    public string? Reason { get; init; }

    public static IndexMonth Of(
        string month, string unit, int revision, IndexScore score, IReadOnlyDictionary<string, decimal> counts, DateTimeOffset at, Guid? by,
            string? reason) => new()
            {
                Month = month,
                UnitCode = unit,
                Revision = revision,
                Definition = score.Version,
                Counts = JsonSerializer.Serialize(counts, DataFiles.Json),
                Score = JsonSerializer.Serialize(score, DataFiles.Json),
                Total = score.Total,
                ClosedAt = at,
                ClosedBy = by,
                Reason = reason,
            };

    public IReadOnlyDictionary<string, decimal> ReadCounts() => JsonSerializer.Deserialize<Dictionary<string, decimal>>(Counts, DataFiles.Json)!;

    public IndexScore ReadScore() => JsonSerializer.Deserialize<IndexScore>(Score, DataFiles.Json)!;
}

/// <summary>Its table.</summary>
internal sealed class IndexMonthTables : IEntityTypeConfiguration<IndexMonth>
{
    public void Configure(EntityTypeBuilder<IndexMonth> builder)
    {
        builder.ToTable("index_month", FactTables.Schema);
        // In this order the key serves whoever asks for a month of all units; the index, whoever follows a unit through time.
        builder.HasKey(m => new { m.Month, m.UnitCode, m.Revision });
        builder.HasIndex(m => new { m.UnitCode, m.Month });
        builder.Property(m => m.Month).HasMaxLength(7);
        builder.Property(m => m.UnitCode).HasMaxLength(20);
        builder.Property(m => m.Definition).HasMaxLength(40);
        builder.Property(m => m.Counts).HasColumnType("jsonb");
        builder.Property(m => m.Score).HasColumnType("jsonb");
        builder.Property(m => m.Reason).HasMaxLength(500);
    }
}
