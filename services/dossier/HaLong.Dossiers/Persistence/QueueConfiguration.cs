using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.Persistence;

/// <summary>Columns that the database derives for work queues, and an index for each queue in each order. Search by name has its own (<see cref="QueueSql"/>).</summary>
internal sealed class QueueConfiguration : IEntityTypeConfiguration<Dossier>
{
    private static readonly string?[] OfCode = [null, "C"];

    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.Property(d => d.QueuedFor).HasMaxLength(12).HasComputedColumnSql(QueueSql.QueuedFor, stored: true);
        builder.Property(d => d.DueOrder).HasComputedColumnSql(QueueSql.DueOrder, stored: true);

        builder.HasIndex(d => new { d.UnitCode, d.SubmittedAt, d.Id }).HasFilter(QueueSql.Queued).HasDatabaseName("ix_dossier_unit_queue");
        builder.HasIndex(d => new { d.UnitCode, d.DueOrder, d.Id }).HasFilter(QueueSql.Queued).HasDatabaseName("ix_dossier_unit_due");
        builder.HasIndex(d => new { d.OfficerId, d.SubmittedAt, d.Id }).HasFilter(QueueSql.Queued).HasDatabaseName("ix_dossier_officer_queue");
        builder.HasIndex(d => new { d.OfficerId, d.DueOrder, d.Id }).HasFilter(QueueSql.Queued).HasDatabaseName("ix_dossier_officer_due");
        builder.HasIndex(d => new { d.UnitCode, d.QueuedFor, d.SubmittedAt, d.Id }).IncludeProperties(d => d.DueOrder)
            .HasFilter(QueueSql.Queued).HasDatabaseName("ix_dossier_unit_wait");
        // A name of its own: the columns alone would be those of ix_dossier_unit_queue.
        builder.HasIndex(d => new { d.UnitCode, d.SubmittedAt, d.Id }, "unassigned").HasFilter(QueueSql.Unassigned).HasDatabaseName("ix_dossier_unassigned");
        // By bytes, so that the beginning of a code is a range in any locale.
        builder.HasIndex(d => new { d.UnitCode, d.Code }).UseCollation(OfCode!).HasDatabaseName("ix_dossier_unit_code");
    }
}
