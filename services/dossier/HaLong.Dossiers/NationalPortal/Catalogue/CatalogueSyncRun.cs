using HaLong.Dossiers.NationalPortal.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>One reading of the national catalogue, asked for or nightly; at most one is open.</summary>
internal sealed class CatalogueSyncRun
{
    public Guid Id { get; init; }
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Who asked for it; null for the nightly one.</summary>
    public Guid? RequestedBy { get; init; }

    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it did not come to its end; what was read before stays.</summary>
    public string? Error { get; set; }

    /// <summary>Procedures read.</summary>
    public int Seen { get; set; }

    /// <summary>Of these, new or changed since the last reading.</summary>
    public int Changed { get; set; }

    /// <summary>No longer listed, or called abolished.</summary>
    public int Abolished { get; set; }
}

/// <summary>Its table.</summary>
internal sealed class CatalogueSyncTables : IEntityTypeConfiguration<CatalogueSyncRun>
{
    public void Configure(EntityTypeBuilder<CatalogueSyncRun> builder)
    {
        builder.ToTable("catalogue_sync", LedgerTables.Schema);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Error).HasMaxLength(200);
        // Nulls are the same here: at most one that is not finished.
        builder.HasIndex(r => r.FinishedAt).IsUnique().HasFilter("finished_at IS NULL").AreNullsDistinct(false).HasDatabaseName("ix_catalogue_sync_open");
        builder.HasIndex(r => r.RequestedAt);
    }
}
