using MassTransit;

namespace HaLong.Identity.Contracts.Events;

/// <summary>An assignment has got an earlier end. Sent when it is decided; an assignment that simply runs out was announced with its last day.</summary>
/// <param name="AssignmentId">The assignment.</param>
/// <param name="AccountId">Who.</param>
/// <param name="UnitId">Version of the unit, code@yyyy-MM-dd.</param>
/// <param name="UnitCode">Code of the unit on those days.</param>
/// <param name="Roles">Roles that were held there.</param>
/// <param name="LastDay">Last day; before the first day when it never took effect.</param>
/// <param name="IsImmediate">The rights are gone now and not at the end of the last day.</param>
/// <param name="Reason">ended, revoked, reorganisation or account_closed.</param>
/// <param name="OccurredAt">When it was decided, UTC.</param>
[EntityName("halong.staff-released.v1")]
[MessageUrn("halong.staff-released.v1")]
public sealed record StaffReleased(
    Guid AssignmentId,
    Guid AccountId,
    string UnitId,
    string UnitCode,
    IReadOnlyList<string> Roles,
    DateOnly LastDay,
    bool IsImmediate,
    string Reason,
    DateTimeOffset OccurredAt);
