using HaLong.Identity.Units;

namespace HaLong.Identity.Administration;

/// <param name="Id">The request.</param>
/// <param name="AccountId">Who is to get the roles.</param>
/// <param name="DisplayName">Name of that person.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Title">Title there.</param>
/// <param name="Roles">Roles asked for.</param>
/// <param name="ValidFrom">First day asked for; never before the confirmation.</param>
/// <param name="ValidTo">Last day, or null.</param>
/// <param name="DecisionNumber">Number of the decision.</param>
/// <param name="LegalBasis">What the decision rests on.</param>
/// <param name="State">pending, confirmed, refused, withdrawn or expired.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="ExpiresAt">After this nobody can confirm it any more.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="AssignmentId">What it became.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record GrantView(
    Guid Id, Guid AccountId, string DisplayName, UnitName Unit, string Title, IReadOnlyList<string> Roles, DateOnly ValidFrom, DateOnly? ValidTo,
    string? DecisionNumber, string? LegalBasis, string State, Guid RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, Guid? DecidedBy,
    DateTimeOffset? DecidedAt, string? Reason, Guid? AssignmentId, uint Version)
{
    public static GrantView Of(RoleGrant g, string displayName, Domain.Unit unit, DateTimeOffset now) => new(
        g.Id, g.AccountId, displayName, UnitName.Of(unit), g.Title, g.Roles, g.ValidFrom, g.ValidTo, g.DecisionNumber, g.LegalBasis, g.StateAt(now),
        g.RequestedBy, g.RequestedAt, g.ExpiresAt, g.DecidedBy, g.DecidedAt, g.Reason, g.AssignmentId, g.Version);

    public static object ForAudit(RoleGrant g) => new
    {
        g.Id,
        g.UnitId,
        g.Title,
        g.Roles,
        g.ValidFrom,
        g.ValidTo,
        g.DecisionNumber,
        g.LegalBasis,
        g.State,
        g.RequestedBy,
        g.Reason,
        g.AssignmentId,
    };
}
