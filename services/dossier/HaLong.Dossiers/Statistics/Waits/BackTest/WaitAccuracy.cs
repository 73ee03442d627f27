using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>
/// How well the expectation held for what was filed in a week that is over, see <see cref="AccuracySums"/>: of a unit and procedure, of one of them, and of
/// all, where the code is empty. The row of all is there for each week that was looked at.
/// </summary>
internal sealed class WaitAccuracy
{
    /// <summary>Stands for all units, or all procedures.</summary>
    public const string All = "";

    public required string ProcedureCode { get; init; }
    public required string UnitCode { get; init; }

    /// <summary>Its Monday.</summary>
    public DateOnly Week { get; init; }

    public int Dossiers { get; init; }
    public int WithinHalf { get; init; }
    public int WithinMost { get; init; }
    public int Ended { get; init; }
    public long ErrorMinutes { get; init; }
    public long AbsoluteMinutes { get; init; }
    public int Unsaid { get; init; }
    public int Open { get; init; }

    /// <summary>As of when it is.</summary>
    public DateTimeOffset MadeAt { get; init; }
}

/// <summary>Its table.</summary>
internal sealed class WaitAccuracyTables : IEntityTypeConfiguration<WaitAccuracy>
{
    public void Configure(EntityTypeBuilder<WaitAccuracy> builder)
    {
        builder.ToTable("wait_accuracy", FactTables.Schema);
        // Some units of a procedure, or of all, are followed through the weeks.
        builder.HasKey(a => new { a.ProcedureCode, a.UnitCode, a.Week });
        builder.Property(a => a.ProcedureCode).HasMaxLength(32);
        builder.Property(a => a.UnitCode).HasMaxLength(20);
    }
}
