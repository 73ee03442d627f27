namespace HaLong.Identity.Assisted;

/// <summary>An assisted session as helper and citizen see it. It says nothing about whether the citizen has an account or telephone.</summary>
/// <param name="Id">The session; parameter <c>assisted_session</c> of a token exchange once active.</param>
/// <param name="Reference">The end of the id, as it stands in the SMS.</param>
/// <param name="State">awaitingConsent, awaitingWitness, active, ended, revoked or expired.</param>
/// <param name="HelperName">Who assists.</param>
/// <param name="HelperUnit">For which unit.</param>
/// <param name="CitizenName">As the helper typed it.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Place">Where; the address of a home is not shown.</param>
/// <param name="Acts">What is allowed.</param>
/// <param name="DossierId">The one dossier; null until there is one.</param>
/// <param name="Consent">code or paper; null until given.</param>
/// <param name="Deeds">What was done so far, counted.</param>
/// <param name="OpenedAt">When it was asked for.</param>
/// <param name="ConsentedAt">When the citizen's consent was complete.</param>
/// <param name="ExpiresAt">When it lapses.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record AssistedView(
    Guid Id, string Reference, string State, string? HelperName, string HelperUnit, string CitizenName, string Purpose, AssistedPlace Place, IReadOnlyList<string> Acts,
    Guid? DossierId, string? Consent, IReadOnlyDictionary<string, int> Deeds, DateTimeOffset OpenedAt, DateTimeOffset? ConsentedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? EndedAt, uint Version)
{
    public static AssistedView Of(AssistedSession s, IEnumerable<AssistedDeed> deeds, string? helperName, DateTimeOffset now) => new(
        s.Id, AssistedDesk.Reference(s.Id), s.StateAt(now), helperName, s.HelperUnit, s.CitizenName, s.Purpose, new AssistedPlace(s.PlaceKind, s.PlaceText, s.PlaceUnit), s.Acts,
        s.DossierId, s.ConsentKind, deeds.OrderBy(d => d.Act, StringComparer.Ordinal).ToDictionary(d => d.Act, d => d.Count), s.OpenedAt, s.ConsentedAt, s.ExpiresAt,
        s.EndedAt ?? (now >= s.ExpiresAt ? s.ExpiresAt : null), s.Version);
}
