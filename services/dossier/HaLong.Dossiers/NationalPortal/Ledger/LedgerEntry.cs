using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.NationalPortal.Ledger;

/// <summary>
/// What the National Public Service Portal (Cổng Dịch vụ công quốc gia) knows of a dossier, beside what it should know: one row for each filed dossier.
/// </summary>
internal sealed class LedgerEntry
{
    public Guid DossierId { get; init; }

    /// <summary>Dossier code (mã số hồ sơ), the portal's key.</summary>
    public required string Code { get; init; }

    // What it should know.

    /// <summary>Code of our state (TrangThaiHoSo).</summary>
    public short OurStatus { get; set; }

    /// <summary>SHA-256 of the payload that tells our state, lower-case hexadecimal; null while none was made.</summary>
    public string? OurHash { get; set; }

    public DateTimeOffset OurChangedAt { get; set; }

    /// <summary>Counts the changes of ours; what was sent up to <see cref="SentChanges"/> is known there.</summary>
    public long Changes { get; set; }

    /// <summary>Steps of the timeline.</summary>
    public int Steps { get; set; }

    /// <summary>The unit that decides.</summary>
    public string UnitCode { get; set; } = "";

    // Local days, to tell who was late.

    public DateOnly ReceivedOn { get; set; }
    public DateOnly? ResolvedOn { get; set; }
    public DateOnly? DueOn { get; set; }

    // What was sent, and what became of it.

    /// <summary>One of <see cref="LedgerState"/>.</summary>
    public string State { get; set; } = LedgerState.Pending;

    /// <summary>Id of the message that is to be settled: the portal takes each once. Null when there is none.</summary>
    public Guid? MessageId { get; set; }

    /// <summary>What the message is, or the next one must be: one of <see cref="LedgerMessage"/>.</summary>
    public string? Message { get; set; }

    /// <summary>The last message that told the whole dossier.</summary>
    public Guid? DossierMessageId { get; set; }

    public long SentChanges { get; set; }

    /// <summary>Steps of the timeline that the portal has, from the first.</summary>
    public int SentSteps { get; set; }

    /// <summary>Since when something is to be told; null when all is.</summary>
    public DateTimeOffset? PendingSince { get; set; }

    public string? SentHash { get; set; }
    public short? SentStatus { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>Attempts of the present message.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Why the last attempt failed or was rejected: the portal's code, or ours.</summary>
    public string? LastError { get; set; }

    // What it said when it was asked.

    public short? TheirStatus { get; set; }
    public string? TheirHash { get; set; }
    public DateTimeOffset? TheirSeenAt { get; set; }

    /// <summary>One of <see cref="LedgerDrift"/>; null when both agree, or nobody has looked yet.</summary>
    public string? Drift { get; set; }

    public DateTimeOffset? DriftSince { get; set; }

    /// <summary>When a drift last came to its end.</summary>
    public DateTimeOffset? HealedAt { get; set; }

    /// <summary>When the portal first acknowledged that it was received, and that it was resolved.</summary>
    public DateTimeOffset? ReceptionAcknowledgedAt { get; set; }

    public DateTimeOffset? ResultAcknowledgedAt { get; set; }

    public uint Version { get; private set; }
}

/// <summary>Where the present message stands.</summary>
internal static class LedgerState
{
    /// <summary>Something is to be sent.</summary>
    public const string Pending = "pending";

    /// <summary>Sent, and nobody knows yet whether it was taken.</summary>
    public const string Sent = "sent";
    public const string Acknowledged = "acknowledged";

    /// <summary>The portal refused it for what it says: somebody has to look.</summary>
    public const string Rejected = "rejected";

    public static readonly IReadOnlyList<string> All = [Pending, Sent, Acknowledged, Rejected];
}

/// <summary>What a message tells.</summary>
internal static class LedgerMessage
{
    /// <summary>The whole dossier (DongBoHoSo).</summary>
    public const string Dossier = "dossier";

    /// <summary>A step of its timeline (CapNhatTienDo).</summary>
    public const string Progress = "progress";

    /// <summary>Its state alone: where only that differs.</summary>
    public const string Status = "status";
}

/// <summary>How the portal's picture differs from ours.</summary>
internal static class LedgerDrift
{
    /// <summary>The portal does not know the dossier.</summary>
    public const string Missing = "missing";

    /// <summary>It has another state.</summary>
    public const string Status = "status";

    /// <summary>The state is right, something else is not.</summary>
    public const string Content = "content";

    /// <summary>The portal has a dossier under our code that we do not know.</summary>
    public const string Unknown = "unknown";

    public static readonly IReadOnlyList<string> All = [Missing, Status, Content, Unknown];
}

/// <summary>Its table.</summary>
internal sealed class LedgerTables : IEntityTypeConfiguration<LedgerEntry>
{
    public const string Schema = "portal";

    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger", Schema);
        builder.HasKey(l => l.DossierId);
        builder.Property(l => l.DossierId).ValueGeneratedNever();
        builder.Property(l => l.Version).IsRowVersion();
        // In the order in which the portal lists.
        builder.Property(l => l.Code).HasMaxLength(64).UseCollation("C");
        builder.Property(l => l.UnitCode).HasMaxLength(20);
        builder.Property(l => l.Message).HasMaxLength(16);
        builder.Property(l => l.OurHash).HasMaxLength(64);
        builder.Property(l => l.SentHash).HasMaxLength(64);
        builder.Property(l => l.TheirHash).HasMaxLength(64);
        builder.Property(l => l.State).HasMaxLength(16);
        builder.Property(l => l.Drift).HasMaxLength(16);
        builder.Property(l => l.LastError).HasMaxLength(200);
        builder.HasIndex(l => l.Code).IsUnique();
        builder.HasIndex(l => l.NextTryAt).HasFilter("next_try_at IS NOT NULL");
        builder.HasIndex(l => new { l.State, l.PendingSince });
        builder.HasIndex(l => new { l.UnitCode, l.ReceivedOn });
        builder.HasIndex(l => new { l.UnitCode, l.ResolvedOn }).HasFilter("resolved_on IS NOT NULL");
        builder.HasIndex(l => l.HealedAt).HasFilter("healed_at IS NOT NULL");
        builder.HasIndex(l => new { l.Drift, l.DriftSince }).HasFilter("drift IS NOT NULL");
    }
}
