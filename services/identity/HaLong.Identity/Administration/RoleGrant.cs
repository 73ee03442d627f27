using HaLong.Identity.Domain;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Administration;

/// <summary>
/// An appointment to a role that decides about others' rights or sees their data. It takes effect only when a second administrator
/// confirms it.
/// </summary>
internal sealed class RoleGrant
{
    public const string Pending = "pending";
    public const string Confirmed = "confirmed";
    public const string Refused = "refused";
    public const string Withdrawn = "withdrawn";
    public const string Expired = "expired";

    /// <summary>A request nobody has decided about by then is forgotten.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public static readonly IReadOnlyList<string> States = [Pending, Confirmed, Refused, Withdrawn, Expired];

    /// <summary>Roles that no administrator gives alone.</summary>
    public static readonly IReadOnlyList<string> FourEyesRoles =
        [ServiceDefaults.Roles.Approver, ServiceDefaults.Roles.Chief, ServiceDefaults.Roles.Leader, ServiceDefaults.Roles.Auditor, ServiceDefaults.Roles.Administrator];

    private RoleGrant()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string UnitId { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string[] Roles { get; private set; } = [];

    public DateOnly ValidFrom { get; private set; }

    public DateOnly? ValidTo { get; private set; }

    public bool IsPrimary { get; private set; }

    public string? DecisionNumber { get; private set; }

    public string? LegalBasis { get; private set; }

    public Guid RequestedBy { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public string State { get; private set; } = Pending;

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>What it became.</summary>
    public Guid? AssignmentId { get; private set; }

    public uint Version { get; private set; }

    public static bool NeedsSecond(IEnumerable<string> roles) => roles.Any(FourEyesRoles.Contains);

    public static RoleGrant Request(Guid id, Guid accountId, Unit unit, AssignmentTerms terms, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = accountId,
        UnitId = unit.Id,
        Title = terms.Title,
        Roles = [.. terms.Roles],
        ValidFrom = terms.ValidFrom,
        ValidTo = terms.ValidTo,
        IsPrimary = terms.IsPrimary,
        DecisionNumber = terms.DecisionNumber,
        LegalBasis = terms.LegalBasis,
        RequestedBy = by,
        RequestedAt = now,
        ExpiresAt = now + Lifetime,
    };

    /// <summary>The state at a moment: what has run out counts as expired before the night's work has written it down.</summary>
    public string StateAt(DateTimeOffset now) => State == Pending && ExpiresAt <= now ? Expired : State;

    /// <summary>Why somebody may not decide about it now; null when he may.</summary>
    public Error? WhyNot(Guid administrator, DateTimeOffset now) => StateAt(now) switch
    {
        Expired => IdentityErrors.GrantExpired,
        not Pending => IdentityErrors.GrantDecided,
        _ when administrator == RequestedBy => IdentityErrors.GrantOwnRequest,
        _ when administrator == AccountId => IdentityErrors.GrantOwnBenefit,
        _ => null,
    };

    /// <summary>What is appointed: never for days before the confirmation.</summary>
    public AssignmentTerms TermsFrom(DateOnly today) =>
        new(Title, Roles, ValidFrom < today ? today : ValidFrom, ValidTo, IsPrimary, DecisionNumber, LegalBasis);

    public void Confirm(Guid by, Guid assignmentId, DateTimeOffset now)
    {
        Decide(Confirmed, by, null, now);
        AssignmentId = assignmentId;
    }

    public void Decide(string state, Guid by, string? reason, DateTimeOffset now) => (State, DecidedBy, Reason, DecidedAt) = (state, by, reason, now);
}
