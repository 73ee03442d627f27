using HaLong.Identity.Staff;
using HaLong.Identity.Units;

namespace HaLong.Identity.Administration;

/// <param name="Id">The assignment.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Title">Title there.</param>
/// <param name="Roles">Roles held there.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day; before the first day when it never took effect; null while it lasts.</param>
/// <param name="Primary">The unit tokens are for unless another is asked for.</param>
/// <param name="DecisionNumber">Number of the decision.</param>
/// <param name="LegalBasis">What the decision rests on.</param>
/// <param name="RevokedAt">When it was taken at once.</param>
/// <param name="EndReason">ended, revoked, reorganisation or account_closed.</param>
/// <param name="EndDecision">Number of the decision that ended it.</param>
/// <param name="ReplacesId">The assignment it continues in another unit.</param>
/// <param name="Version">Revision, for If-Match.</param>
internal sealed record AssignmentView(
    Guid Id, UnitName Unit, string Title, IReadOnlyList<string> Roles, DateOnly ValidFrom, DateOnly? ValidTo, bool Primary, string? DecisionNumber,
    string? LegalBasis, DateTimeOffset? RevokedAt, string? EndReason, string? EndDecision, Guid? ReplacesId, uint Version)
{
    public static AssignmentView Of(Assignment a, Domain.Unit unit) => new(
        a.Id, UnitName.Of(unit), a.Title, a.Roles, a.ValidFrom, a.ValidTo, a.IsPrimary, a.DecisionNumber, a.LegalBasis, a.RevokedAt, a.EndReason,
        a.EndDecision, a.ReplacesId, a.Version);

    public static object ForAudit(Assignment a) => new
    {
        a.Id,
        a.UnitId,
        a.Title,
        a.Roles,
        a.ValidFrom,
        a.ValidTo,
        Primary = a.IsPrimary,
        a.DecisionNumber,
        a.LegalBasis,
        a.EndReason,
        a.EndDecision,
    };
}
