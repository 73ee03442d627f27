namespace HaLong.Identity.Administration;

/// <summary>One act of an administrator. Written once, never changed; holds no secrets and no contact points.</summary>
internal sealed class AuditEntry
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who; null for what the platform did at installation.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The unit the administrator acted for.</summary>
    public string? ActorUnit { get; init; }

    public required string Action { get; init; }

    public required string TargetType { get; init; }

    public required string TargetId { get; init; }

    /// <summary>The unit it is about; null for what concerns the platform as a whole.</summary>
    public string? UnitId { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? TraceId { get; init; }
}

/// <summary>What an act can be about.</summary>
internal static class AuditTarget
{
    public const string Account = "account";
    public const string Claim = "organisation_claim";
    public const string Client = "client";
    public const string Unit = "unit";
    public const string Place = "place";
    public const string Reorganisation = "reorganisation";
}
