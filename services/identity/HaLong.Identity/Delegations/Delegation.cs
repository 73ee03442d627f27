using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Delegations;

/// <summary>What a delegation allows and how long.</summary>
/// <param name="Acts">Words of <see cref="HaLong.Identity.Contracts.Acts"/>.</param>
/// <param name="Procedures">The only procedures covered; empty = every one.</param>
/// <param name="DossierId">The only dossier covered; null = every one.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
/// <param name="Note">In the principal's words.</param>
internal sealed record DelegationTerms(string[] Acts, string[] Procedures, Guid? DossierId, DateOnly From, DateOnly To, string? Note);

/// <summary>Who is asked to be the delegate: a known account, or whoever has this number and this name.</summary>
/// <param name="AccountId">The account, as far as it is known.</param>
/// <param name="NumberIndex">Blind index of the personal number typed.</param>
/// <param name="Name">Name typed.</param>
internal sealed record Invited(Guid? AccountId, byte[]? NumberIndex, string? Name);

/// <summary>
/// One person lets another act for him (Civil Code 2015 art. 562 ff.). The delegate must accept (offered → accepted or declined), either side
/// may end it at any time (revoked, art. 569), and it ends by itself after its last day (expired). It cannot be passed on (art. 564 needs the
/// principal's consent, and he can simply give a second one).
/// </summary>
internal sealed class Delegation
{
    private Delegation()
    {
    }

    public Guid Id { get; private set; }

    public Guid PrincipalId { get; private set; }

    /// <summary>Who is asked or has accepted; null while nobody with the number and name typed is known.</summary>
    public Guid? DelegateId { get; private set; }

    /// <summary>
    /// Blind index of the number typed, for who registers later; erased when nobody need be found any more. A change of the index key leaves
    /// the few that have found nobody yet behind: the principal offers again.
    /// </summary>
    public byte[]? InvitedIndex { get; private set; }

    /// <summary>The name as the principal typed it: it must fit the number's owner, so a slip of a digit reaches no stranger.</summary>
    public string? InvitedName { get; private set; }

    public string[] Acts { get; private set; } = [];

    public string[] Procedures { get; private set; } = [];

    public Guid? DossierId { get; private set; }

    public DateOnly From { get; private set; }

    public DateOnly To { get; private set; }

    public string? Note { get; private set; }

    /// <summary>One of <see cref="DelegationState"/>, as stored; see <see cref="StateOn"/>.</summary>
    public string State { get; private set; } = DelegationState.Offered;

    public DateTimeOffset OfferedAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Who ended it; null when time did.</summary>
    public Guid? EndedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>The first moment after the last local day.</summary>
    public DateTimeOffset EndsAt => LocalTime.Instant(To.AddDays(1), TimeOnly.MinValue);

    private bool IsOpen => State is DelegationState.Offered or DelegationState.Accepted;

    public static Delegation Offer(Guid id, Guid principalId, Invited invited, DelegationTerms terms, DateTimeOffset now) => new()
    {
        Id = id,
        PrincipalId = principalId,
        DelegateId = invited.AccountId,
        InvitedIndex = invited.NumberIndex,
        InvitedName = invited.Name,
        Acts = terms.Acts,
        Procedures = terms.Procedures,
        DossierId = terms.DossierId,
        From = terms.From,
        To = terms.To,
        Note = terms.Note,
        OfferedAt = now,
    };

    /// <summary>The state on a local day: what is over by date is over, whether or not anything has tidied up yet.</summary>
    public string StateOn(DateOnly today) => IsOpen && To < today ? DelegationState.Expired : State;

    /// <summary>True when the delegate may act by it today.</summary>
    public bool IsActiveOn(DateOnly today) => State == DelegationState.Accepted && From <= today && today <= To;

    public Result Accept(Guid accountId, DateOnly today, DateTimeOffset now)
    {
        if (StateOn(today) != DelegationState.Offered)
            return IdentityErrors.DelegationNotOpen;
        (State, DelegateId, AnsweredAt, InvitedIndex) = (DelegationState.Accepted, accountId, now, null);
        return Result.Success;
    }

    public Result Decline(Guid accountId, DateOnly today, DateTimeOffset now)
    {
        if (StateOn(today) != DelegationState.Offered)
            return IdentityErrors.DelegationNotOpen;
        (State, DelegateId, AnsweredAt, EndedAt, EndedBy, InvitedIndex) = (DelegationState.Declined, accountId, now, now, accountId, null);
        return Result.Success;
    }

    public Result Revoke(Guid accountId, DateOnly today, DateTimeOffset now)
    {
        if (StateOn(today) is not (DelegationState.Offered or DelegationState.Accepted))
            return IdentityErrors.DelegationOver;
        (State, EndedAt, EndedBy, InvitedIndex) = (DelegationState.Revoked, now, accountId, null);
        return Result.Success;
    }

    /// <summary>Writes down that time has ended it; false when it has not.</summary>
    public bool Expire(DateOnly today, DateTimeOffset now)
    {
        if (!IsOpen || To >= today)
            return false;
        (State, EndedAt, InvitedIndex) = (DelegationState.Expired, now, null);
        return true;
    }
}

/// <summary>States of a delegation, as on the wire.</summary>
internal static class DelegationState
{
    public const string Offered = "offered";
    public const string Accepted = "accepted";
    public const string Declined = "declined";
    public const string Revoked = "revoked";
    public const string Expired = "expired";

    public static readonly IReadOnlyList<string> All = [Offered, Accepted, Declined, Revoked, Expired];
}
