using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>Somebody works for a unit. Sent when it is decided; it holds between the two days.</summary>
/// <param name="AssignmentId">The assignment.</param>
/// <param name="AccountId">Who.</param>
/// <param name="UnitId">Version of the unit, code@yyyy-MM-dd.</param>
/// <param name="UnitCode">Code of the unit on those days.</param>
/// <param name="Roles">Roles held there.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day, or null.</param>
/// <param name="OccurredAt">When it was decided, UTC.</param>
[EntityName("halong.staff-assigned.v1")]
[MessageUrn("halong.staff-assigned.v1")]
public sealed record StaffAssigned(
    Guid AssignmentId,
    Guid AccountId,
    string UnitId,
    string UnitCode,
    IReadOnlyList<string> Roles,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    DateTimeOffset OccurredAt);
