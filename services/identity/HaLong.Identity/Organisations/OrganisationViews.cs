using HaLong.Identity.Domain;

namespace HaLong.Identity.Organisations;

/// <summary>A registration as its claimant sees it.</summary>
/// <param name="Id">The claim.</param>
/// <param name="TaxCode">The code; null for a household business, whose code is the claimant's own number.</param>
/// <param name="Name">Vietnamese name.</param>
/// <param name="ForeignName">Name in a foreign language.</param>
/// <param name="ShortName">Short name.</param>
/// <param name="Address">Head office.</param>
/// <param name="Email">Contact point.</param>
/// <param name="Phone">Contact point.</param>
/// <param name="Unit">Code of the unit where the papers are to be shown.</param>
/// <param name="State">claimed, verified, refused or withdrawn.</param>
/// <param name="Level">1 claimed by its representative, 2 verified from the papers; 0 refused or withdrawn.</param>
/// <param name="FiledAt">When it was filed.</param>
/// <param name="DecidedAt">When it was decided or withdrawn.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="OrganisationId">The organisation's account, once verified.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record ClaimView(
    Guid Id, string? TaxCode, string Name, string? ForeignName, string? ShortName, string Address, string? Email, string? Phone, string Unit, string State,
    int Level, DateTimeOffset FiledAt, DateTimeOffset? DecidedAt, string? Reason, Guid? OrganisationId, uint Version)
{
    public static ClaimView Of(OrganisationClaim c) => new(
        c.Id, c.TaxCode, c.Name, c.ForeignName, c.ShortName, c.Address, c.Email, c.Phone, c.UnitCode, c.State,
        c.State switch { ClaimState.Claimed => 1, ClaimState.Verified => 2, _ => 0 }, c.FiledAt, c.DecidedAt, c.Reason, c.OrganisationId, c.Version);
}

/// <summary>An organisation as its representatives and the counter see it.</summary>
/// <param name="Id">Its account; parameter <c>organisation</c> of a token exchange.</param>
/// <param name="TaxCode">Tax and enterprise code; for a household business the owner's number, masked.</param>
/// <param name="Name">Vietnamese name.</param>
/// <param name="ForeignName">Name in a foreign language.</param>
/// <param name="ShortName">Short name.</param>
/// <param name="Address">Head office.</param>
/// <param name="Email">Contact point.</param>
/// <param name="Phone">Contact point.</param>
/// <param name="Level">2: verified from the papers.</param>
/// <param name="VerifiedAt">When.</param>
/// <param name="Unit">The unit whose official saw the papers.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record OrganisationView(
    Guid Id, string? TaxCode, string Name, string? ForeignName, string? ShortName, string Address, string? Email, string? Phone, int Level,
    DateTimeOffset VerifiedAt, string Unit, uint Version)
{
    public static OrganisationView Of(Account account, Organisation o, string? ownerNumber) => new(
        account.Id, account.TaxCode ?? ownerNumber, account.DisplayName, o.ForeignName, o.ShortName, o.Address, account.Email, account.Phone, account.Level,
        o.VerifiedAt, o.UnitCode, o.Version);
}

/// <summary>Who speaks for an organisation, as the organisation sees it.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="AccountId">The person; null until he has answered.</param>
/// <param name="Name">Name; until he has answered the one that was typed.</param>
/// <param name="Kind">legal or authorised.</param>
/// <param name="State">invited, active, declined, removed or expired.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day; null while it lasts.</param>
/// <param name="AddedAt">When the person was invited or entered.</param>
/// <param name="AnsweredAt">When the person answered.</param>
/// <param name="EndedAt">When it ended before its time.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record RepresentativeView(
    Guid Id, Guid? AccountId, string? Name, string Kind, string State, DateOnly From, DateOnly? To, DateTimeOffset AddedAt, DateTimeOffset? AnsweredAt,
    DateTimeOffset? EndedAt, uint Version)
{
    // Until the person has answered, the organisation sees what it typed and nothing else: not even whether anybody has that number.
    public static RepresentativeView Of(Representative r, DateOnly today, IReadOnlyDictionary<Guid, string> names) => r.InvitedName is not null && r.AnsweredAt is null
        ? new(r.Id, null, r.InvitedName, r.Kind, r.StateOn(today), r.From, r.To, r.AddedAt, null, r.EndedAt, r.Version)
        : new(r.Id, r.AccountId, r.AccountId is { } id ? names.GetValueOrDefault(id) : null, r.Kind, r.StateOn(today), r.From, r.To, r.AddedAt, r.AnsweredAt, r.EndedAt, r.Version);
}

/// <summary>An organisation that the reader represents or is asked to represent.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="OrganisationId">The organisation's account; parameter <c>organisation</c> of a token exchange.</param>
/// <param name="Name">The organisation's name.</param>
/// <param name="TaxCode">Its code; null for a household business.</param>
/// <param name="Kind">legal or authorised.</param>
/// <param name="State">invited, active, declined, removed or expired.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day; null while it lasts.</param>
/// <param name="AnswerBy">Last day to answer an invitation.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record MyOrganisationView(
    Guid Id, Guid OrganisationId, string? Name, string? TaxCode, string Kind, string State, DateOnly From, DateOnly? To, DateOnly? AnswerBy, uint Version);
