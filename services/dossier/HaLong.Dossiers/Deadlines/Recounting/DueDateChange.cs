using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Deadlines.Recounting;

/// <summary>A due date that moved without anything happening to the dossier. Rows are only ever added.</summary>
internal sealed class DueDateChange
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }
    public DateTimeOffset OldDueAt { get; init; }
    public DateTimeOffset NewDueAt { get; init; }

    /// <summary>The calendar by which it was counted.</summary>
    public long CalendarVersion { get; init; }

    public required string ReasonVi { get; init; }
    public required string ReasonEn { get; init; }
    public DateTimeOffset At { get; init; }
}

internal sealed class DueDateChangeConfiguration : IEntityTypeConfiguration<DueDateChange>
{
    private const int ReasonLength = 600;

    public void Configure(EntityTypeBuilder<DueDateChange> builder)
    {
        builder.ToTable("due_date_change");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.ReasonVi).HasMaxLength(ReasonLength);
        builder.Property(c => c.ReasonEn).HasMaxLength(ReasonLength);
        builder.HasOne<Dossier>().WithMany().HasForeignKey(c => c.DossierId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => new { c.DossierId, c.At });
    }
}
