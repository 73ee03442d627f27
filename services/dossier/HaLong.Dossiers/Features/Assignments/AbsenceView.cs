using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Assignments;

/// <summary>An officer's absence and who stands in.</summary>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
internal sealed record AbsenceView(Guid Id, string UnitCode, Guid OfficerId, Guid SubstituteId, DateOnly From, DateOnly To, DateTimeOffset? EndedAt, uint Version)
{
    public static AbsenceView Of(OfficerAbsence a) => new(a.Id, a.UnitCode, a.OfficerId, a.SubstituteId, a.From, a.To, a.EndedAt, a.Version);

    /// <summary>Who may keep somebody's absences: the officer his own, supervisors those of their unit.</summary>
    public static bool MayKeep(Caller caller, Guid officerId) =>
        caller.IsInRole(Roles.Approver) || caller.IsInRole(Roles.Chief) || (caller.IsInRole(Roles.Officer) && caller.AccountId == officerId);
}
