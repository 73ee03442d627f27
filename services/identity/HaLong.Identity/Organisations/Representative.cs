using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Organisations;

/// <summary>
/// Somebody speaks for an organisation, from one local day to another: by law (Enterprise Law 2020 art. 12), entered by an official from the
/// papers; or authorised by a legal representative, once he has agreed. Never deleted: who could act on a day must stay known.
/// </summary>
internal sealed class Representative
{
    /// <summary>An invitation that nobody answers lapses.</summary>
    public const int DaysToAnswer = 30;

    private Representative()
    {
    }

    public Guid Id { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>Who; null while nobody with the number and name typed is known.</summary>
    public Guid? AccountId { get; private set; }

    /// <summary>Blind index of the number typed; erased once answered.</summary>
    public byte[]? InvitedIndex { get; private set; }

    /// <summary>The name as it was typed.</summary>
    public string? InvitedName { get; private set; }

    /// <summary>One of <see cref="RepresentativeKind"/>.</summary>
    public string Kind { get; private set; } = "";

    public DateOnly From { get; private set; }

    /// <summary>Last day; null while it lasts.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>The last day on which it is open without anybody doing anything.</summary>
    public DateOnly? LapsesAfter { get; private set; }

    /// <summary>One of <see cref="RepresentativeState"/>, as stored; see <see cref="StateOn"/>.</summary>
    public string State { get; private set; } = RepresentativeState.Active;

    public Guid AddedBy { get; private set; }

    public DateTimeOffset AddedAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Who ended it; null when time did.</summary>
    public Guid? EndedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>The first moment after the last local day; null when it has none.</summary>
    public DateTimeOffset? EndsAt => To is { } last && last < DateOnly.MaxValue ? LocalTime.Instant(last.AddDays(1), TimeOnly.MinValue) : null;

    private bool IsOpen => State is RepresentativeState.Invited or RepresentativeState.Active;

    /// <summary>In force at once: an official has seen the paper.</summary>
    public static Representative Appoint(Guid id, Guid organisation, Guid account, string kind, DateOnly from, DateOnly? to, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        OrganisationId = organisation,
        AccountId = account,
        Kind = kind,
        From = from,
        To = to,
        LapsesAfter = to,
        AddedBy = by,
        AddedAt = now,
    };

    /// <summary>In force once the person has agreed.</summary>
    public static Representative Invite(Guid id, Guid organisation, Guid? account, byte[] index, string name, DateOnly from, DateOnly? to, Guid by, DateTimeOffset now)
    {
        var answer = LocalTime.Date(now).AddDays(DaysToAnswer);
        var invited = Appoint(id, organisation, account ?? Guid.Empty, RepresentativeKind.Authorised, from, to, by, now);
        (invited.AccountId, invited.InvitedIndex, invited.InvitedName, invited.State) = (account, index, name, RepresentativeState.Invited);
        invited.LapsesAfter = to < answer ? to : answer;
        return invited;
    }

    /// <summary>The state on a local day: what is over by date is over, whether or not anything has tidied up yet.</summary>
    public string StateOn(DateOnly today) => IsOpen && LapsesAfter < today ? RepresentativeState.Expired : State;

    /// <summary>True when the person may act by it today.</summary>
    public bool IsActiveOn(DateOnly today) => StateOn(today) == RepresentativeState.Active && From <= today;

    public Result Accept(Guid account, DateOnly today, DateTimeOffset now)
    {
        if (StateOn(today) != RepresentativeState.Invited)
            return OrganisationErrors.NotOpen;
        (State, AccountId, AnsweredAt, InvitedIndex, LapsesAfter) = (RepresentativeState.Active, account, now, null, To);
        return Result.Success;
    }

    public Result Decline(Guid account, DateOnly today, DateTimeOffset now)
    {
        if (StateOn(today) != RepresentativeState.Invited)
            return OrganisationErrors.NotOpen;
        (State, AccountId, AnsweredAt, EndedAt, EndedBy, InvitedIndex) = (RepresentativeState.Declined, account, now, now, account, null);
        return Result.Success;
    }

    public Result Remove(Guid by, DateOnly today, DateTimeOffset now)
    {
        if (StateOn(today) is not (RepresentativeState.Invited or RepresentativeState.Active))
            return OrganisationErrors.Over;
        (State, EndedAt, EndedBy, InvitedIndex) = (RepresentativeState.Removed, now, by, null);
        return Result.Success;
    }

    /// <summary>Writes down that time has ended it; false when it has not.</summary>
    public bool Expire(DateOnly today, DateTimeOffset now)
    {
        if (StateOn(today) != RepresentativeState.Expired || State == RepresentativeState.Expired)
            return false;
        (State, EndedAt, InvitedIndex) = (RepresentativeState.Expired, now, null);
        return true;
    }
}

/// <summary>By which right somebody speaks for an organisation; also the words on the wire.</summary>
internal static class RepresentativeKind
{
    /// <summary>By law or charter (đại diện theo pháp luật).</summary>
    public const string Legal = "legal";

    /// <summary>By authorisation (đại diện theo ủy quyền): everything but appointing others.</summary>
    public const string Authorised = "authorised";
}

/// <summary>States of a representation, as on the wire.</summary>
internal static class RepresentativeState
{
    public const string Invited = "invited";
    public const string Active = "active";
    public const string Declined = "declined";
    public const string Removed = "removed";
    public const string Expired = "expired";
}
