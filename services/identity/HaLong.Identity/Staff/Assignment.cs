using HaLong.Identity.Domain;

namespace HaLong.Identity.Staff;

/// <summary>Somebody works for a unit, as something, for a time. Never deleted: who could do what on a day must stay known.</summary>
internal sealed class Assignment
{
    private Assignment()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>The version of the unit: rights end with it.</summary>
    public string UnitId { get; private set; } = "";

    /// <summary>Code of that version, as tokens carry it.</summary>
    public string UnitCode { get; private set; } = "";

    public string Title { get; private set; } = "";

    public string[] Roles { get; private set; } = [];

    public DateOnly ValidFrom { get; private set; }

    /// <summary>Last day, inclusive; before the first day when it never took effect; null while it lasts.</summary>
    public DateOnly? ValidTo { get; private set; }

    /// <summary>Where a person works for several units: the one tokens are for unless another is asked for.</summary>
    public bool IsPrimary { get; private set; }

    /// <summary>Number of the decision that appoints the person.</summary>
    public string? DecisionNumber { get; private set; }

    public string? LegalBasis { get; private set; }

    public Guid? CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the rights were taken at once, in the middle of the last day; null for an end by date.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    public string? EndReason { get; private set; }

    public string? EndDecision { get; private set; }

    /// <summary>The reorganisation that opened it.</summary>
    public Guid? ReorganisationId { get; private set; }

    /// <summary>The assignment it continues in another unit.</summary>
    public Guid? ReplacesId { get; private set; }

    public uint Version { get; private set; }

    public static Assignment Open(Guid id, Guid accountId, Unit unit, AssignmentTerms terms, Guid? by, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = accountId,
        UnitId = unit.Id,
        UnitCode = unit.Code,
        Title = terms.Title,
        Roles = [.. terms.Roles],
        ValidFrom = terms.ValidFrom,
        ValidTo = terms.ValidTo,
        IsPrimary = terms.IsPrimary,
        DecisionNumber = terms.DecisionNumber,
        LegalBasis = terms.LegalBasis,
        CreatedBy = by,
        CreatedAt = now,
    };

    /// <summary>The same work in the unit that takes over, by the decision that reorganised.</summary>
    public Assignment Continue(Guid id, Unit unit, DateOnly from, Guid reorganisation, string legalBasis, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = AccountId,
        UnitId = unit.Id,
        UnitCode = unit.Code,
        Title = Title,
        Roles = Roles,
        ValidFrom = from,
        ValidTo = ValidTo,
        IsPrimary = IsPrimary,
        LegalBasis = legalBasis,
        CreatedBy = by,
        CreatedAt = now,
        ReorganisationId = reorganisation,
        ReplacesId = Id,
    };

    public bool IsOver(DateOnly today) => RevokedAt is not null || ValidTo < today;

    public bool IsHeldOn(DateOnly day) => RevokedAt is null && ValidFrom <= day && (ValidTo is null || ValidTo >= day);

    public bool Overlaps(DateOnly from, DateOnly? to) =>
        RevokedAt is null && (ValidTo is null || ValidTo >= from) && (to is null || ValidFrom <= to) && (ValidTo is null || ValidTo >= ValidFrom);

    /// <summary>Ends with a day; before the first day means that it never takes effect.</summary>
    public void EndOn(DateOnly lastDay, string reason, string? decision) => (ValidTo, EndReason, EndDecision) = (lastDay, reason, decision);

    /// <summary>Ends now, in the middle of the day.</summary>
    public void Revoke(DateOnly today, string reason, string? decision, DateTimeOffset now)
    {
        EndOn(today < ValidFrom ? ValidFrom.AddDays(-1) : today, reason, decision);
        RevokedAt = now;
    }

    /// <summary>Goes on longer than it was to.</summary>
    public void Lengthen(DateOnly lastDay) => (ValidTo, EndReason, EndDecision) = (lastDay, null, null);

    public void Describe(string title, string? decisionNumber, string? legalBasis) => (Title, DecisionNumber, LegalBasis) = (title, decisionNumber, legalBasis);

    public void SetPrimary(bool primary) => IsPrimary = primary;
}

/// <summary>What an appointment says.</summary>
/// <param name="Title">Title on papers.</param>
/// <param name="Roles">What the person may do there.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day, or null.</param>
/// <param name="IsPrimary">The unit tokens are for unless another is asked for.</param>
/// <param name="DecisionNumber">Number of the decision.</param>
/// <param name="LegalBasis">What the decision rests on.</param>
internal sealed record AssignmentTerms(
    string Title, IReadOnlyList<string> Roles, DateOnly ValidFrom, DateOnly? ValidTo, bool IsPrimary, string? DecisionNumber, string? LegalBasis);

/// <summary>Why an assignment ended before its time.</summary>
internal static class ReleaseReasons
{
    public const string Ended = "ended";
    public const string Revoked = "revoked";
    public const string Reorganisation = "reorganisation";
    public const string AccountClosed = "account_closed";
}
