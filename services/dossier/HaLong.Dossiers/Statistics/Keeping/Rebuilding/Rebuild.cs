using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>One time that facts and cubes were made anew, or compared.</summary>
internal sealed class Rebuild
{
    public Guid Id { get; init; }

    /// <summary>One of <see cref="RebuildKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="RebuildState"/>.</summary>
    public string State { get; set; } = RebuildState.Running;

    /// <summary>What it is at: prepare, facts, cells, compare, clean.</summary>
    public string Phase { get; set; } = "prepare";

    /// <summary>Who asked for it; null: the night.</summary>
    public Guid? RequestedBy { get; init; }

    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Facts made so far.</summary>
    public long Facts { get; set; }

    /// <summary>Cells made.</summary>
    public long Cells { get; set; }

    /// <summary>Changes that waited at the beginning and are contained now; their dossiers differ with good reason.</summary>
    public long Taken { get; set; }

    /// <summary>Facts that are not what was there before; null before the comparison.</summary>
    public long? DifferingFacts { get; set; }

    /// <summary>Cells that are not what was there before.</summary>
    public long? DifferingCells { get; set; }

    /// <summary>The kind of failure, without details.</summary>
    public string? Error { get; set; }
}

/// <summary>Kinds.</summary>
internal static class RebuildKind
{
    /// <summary>Made anew and taken into use.</summary>
    public const string Rebuild = "rebuild";

    /// <summary>Made anew beside what is in use, compared and thrown away.</summary>
    public const string Check = "check";

    /// <summary>The facts of some dossiers, derived anew and compared.</summary>
    public const string Sample = "sample";
}

/// <summary>States.</summary>
internal static class RebuildState
{
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>Its process ended before it did. What was in use is in use still.</summary>
    public const string Interrupted = "interrupted";
}

internal sealed class RebuildConfiguration : IEntityTypeConfiguration<Rebuild>
{
    public void Configure(EntityTypeBuilder<Rebuild> builder)
    {
        builder.ToTable("rebuild", FactTables.Schema);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Kind).HasMaxLength(16);
        builder.Property(r => r.State).HasMaxLength(16);
        builder.Property(r => r.Phase).HasMaxLength(16);
        builder.Property(r => r.Error).HasMaxLength(200);
        builder.HasIndex(r => r.StartedAt);
        builder.HasIndex(r => r.EndedAt).HasFilter("ended_at IS NULL");
    }
}
