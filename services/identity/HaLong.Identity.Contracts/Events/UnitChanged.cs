using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>A version of an administrative unit came, ends, or has corrected names. Whoever remembers units must ask again.</summary>
/// <param name="UnitId">Code and first day, code@yyyy-MM-dd.</param>
/// <param name="Code">Code of the unit; means this unit only between the two days.</param>
/// <param name="Change">created, ended or corrected.</param>
/// <param name="ValidFrom">First day; can lie ahead.</param>
/// <param name="ValidTo">Last day, or null.</param>
/// <param name="OccurredAt">When it was decided here, UTC.</param>
[EntityName("halong.unit-changed.v1")]
[MessageUrn("halong.unit-changed.v1")]
public sealed record UnitChanged(
    string UnitId,
    string Code,
    string Change,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    DateTimeOffset OccurredAt)
{
    /// <summary>A new version.</summary>
    public const string Created = "created";

    /// <summary>It has got a last day.</summary>
    public const string Ended = "ended";

    /// <summary>Its names were corrected.</summary>
    public const string Corrected = "corrected";
}
