namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>An officer is away and a colleague stands in: during these days the colleague may do what the case officer may (làm thay).</summary>
internal sealed class OfficerAbsence
{
    public Guid Id { get; init; }
    public required string UnitCode { get; init; }
    public Guid OfficerId { get; init; }
    public Guid SubstituteId { get; init; }

    /// <summary>First local day.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last local day.</summary>
    public DateOnly To { get; init; }

    public Guid CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }
    public uint Version { get; private set; }

    public bool Covers(DateOnly day) => From <= day && day <= To && EndedAt is null;

    /// <summary>The officer is back early, or it was a mistake.</summary>
    public void End(DateTimeOffset now) => EndedAt = now;
}
