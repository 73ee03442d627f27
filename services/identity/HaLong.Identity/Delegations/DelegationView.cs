namespace HaLong.Identity.Delegations;

/// <summary>A delegation as its two sides see it.</summary>
/// <param name="Id">The delegation; parameter <c>delegation</c> of a token exchange.</param>
/// <param name="Side">given or received.</param>
/// <param name="Principal">Who gives it.</param>
/// <param name="Delegate">Who is asked or may act; for the principal without account id until accepted.</param>
/// <param name="Acts">What may be done.</param>
/// <param name="Procedures">The only procedures covered; null = every one.</param>
/// <param name="DossierId">The only dossier covered; null = every one.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day.</param>
/// <param name="Note">In the principal's words.</param>
/// <param name="State">offered, accepted, declined, revoked or expired.</param>
/// <param name="Active">True when the delegate may act by it today.</param>
/// <param name="OfferedAt">When it was offered.</param>
/// <param name="AnsweredAt">When it was accepted or declined.</param>
/// <param name="EndedAt">When it was declined, revoked or written down as expired.</param>
/// <param name="EndedBy">Who ended it: principal or delegate; null when time did.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record DelegationView(
    Guid Id, string Side, DelegationPartyView Principal, DelegationPartyView Delegate, IReadOnlyList<string> Acts, IReadOnlyList<string>? Procedures,
    Guid? DossierId, DateOnly From, DateOnly To, string? Note, string State, bool Active, DateTimeOffset OfferedAt, DateTimeOffset? AnsweredAt,
    DateTimeOffset? EndedAt, string? EndedBy, uint Version)
{
    public const string GivenSide = "given";
    public const string ReceivedSide = "received";

    public static DelegationView Of(Delegation d, Guid caller, DateOnly today, IReadOnlyDictionary<Guid, string> names) => new(
        d.Id, d.PrincipalId == caller ? GivenSide : ReceivedSide,
        new DelegationPartyView(d.PrincipalId, names.GetValueOrDefault(d.PrincipalId)), DelegateOf(d, caller, names),
        d.Acts, d.Procedures.Length == 0 ? null : d.Procedures, d.DossierId, d.From, d.To, d.Note, d.StateOn(today), d.IsActiveOn(today),
        d.OfferedAt, d.AnsweredAt, d.EndedAt, d.EndedBy is null ? null : d.EndedBy == d.PrincipalId ? "principal" : "delegate", d.Version);

    // Until the delegate has answered, the principal sees what he typed himself and nothing else: neither whether anybody has that number
    // nor what that person is called.
    private static DelegationPartyView DelegateOf(Delegation d, Guid caller, IReadOnlyDictionary<Guid, string> names) =>
        d.PrincipalId == caller && d.AnsweredAt is null
            ? new DelegationPartyView(d.InvitedName is null ? d.DelegateId : null, d.InvitedName)
            : new DelegationPartyView(d.DelegateId, d.DelegateId is { } id ? names.GetValueOrDefault(id) : d.InvitedName);
}

/// <summary>One side of a delegation.</summary>
/// <param name="AccountId">Its account, where the reader may know it.</param>
/// <param name="Name">Its name.</param>
internal sealed record DelegationPartyView(Guid? AccountId, string? Name);
