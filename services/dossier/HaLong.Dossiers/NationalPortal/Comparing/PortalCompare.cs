using HaLong.Dossiers.NationalPortal.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.NationalPortal.Comparing;

/// <summary>One comparison of the portal's list with ours, asked for or nightly.</summary>
internal sealed class PortalCompare
{
    public Guid Id { get; init; }
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Null for the nightly one.</summary>
    public Guid? RequestedBy { get; init; }

    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it did not come to its end.</summary>
    public string? Error { get; set; }

    /// <summary>Dossiers that the portal listed.</summary>
    public int Seen { get; set; }

    // Drift found, by kind.

    public int Missing { get; set; }
    public int Status { get; set; }
    public int Content { get; set; }
    public int Unknown { get; set; }

    /// <summary>Of these, told again.</summary>
    public int Healing { get; set; }

    /// <summary>Rejected after they had been taken.</summary>
    public int Rejected { get; set; }
}

/// <summary>Its table.</summary>
internal sealed class CompareTables : IEntityTypeConfiguration<PortalCompare>
{
    public void Configure(EntityTypeBuilder<PortalCompare> builder)
    {
        builder.ToTable("compare", LedgerTables.Schema);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Error).HasMaxLength(200);
        builder.HasIndex(c => c.RequestedAt);
        // One at a time: who asks while one is asked for or runs gets that one.
        builder.HasIndex(c => c.FinishedAt).IsUnique().HasFilter("finished_at IS NULL").AreNullsDistinct(false).HasDatabaseName("ux_compare_open");
    }
}
