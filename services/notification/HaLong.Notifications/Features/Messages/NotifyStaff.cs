using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tell whoever holds a role in a unit. Internal: travels on the bus only when identity could not be asked at once.</summary>
/// <param name="Notice">What to tell; its recipient is filled in for each holder.</param>
/// <param name="Roles">Of any of them.</param>
/// <param name="UnitCode">In which unit.</param>
/// <param name="ExceptId">Who is told by name already.</param>
/// <param name="Attempt">How often identity was asked in vain.</param>
[EntityName("halong.notification.notify-staff.v1")]
[MessageUrn("halong.notification.notify-staff.v1")]
public sealed record NotifyStaff(NotifyOwner Notice, IReadOnlyList<string> Roles, string UnitCode, Guid? ExceptId = null, int Attempt = 0);
