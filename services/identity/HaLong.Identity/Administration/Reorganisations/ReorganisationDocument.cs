namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>A decision that changes administrative units, as administrators write it up.</summary>
/// <param name="Effective">First day of the new order.</param>
/// <param name="LegalBasis">The decision.</param>
/// <param name="Units">New versions of units from that day on.</param>
/// <param name="Ends">Ids of units that end although the transitions do not say so, or without any.</param>
/// <param name="Transitions">What becomes of the old units.</param>
/// <param name="SplitChoices">Where the staff of divided units go, unit by unit.</param>
/// <param name="StaffMoves">Where single people go, or that their work ends.</param>
/// <param name="Groups">New members of reporting groups.</param>
/// <param name="ReceivingPlaces">New places where dossiers are taken in. Offices of units that end are closed without being named.</param>
internal sealed record ReorganisationDocument(
    DateOnly? Effective, string? LegalBasis, ReorganisationDocument.UnitInput[]? Units, string[]? Ends, ReorganisationDocument.TransitionInput[]? Transitions,
    ReorganisationDocument.SplitChoice[]? SplitChoices, ReorganisationDocument.StaffMove[]? StaffMoves, ReorganisationDocument.GroupInput[]? Groups,
    ReorganisationDocument.PlaceInput[]? ReceivingPlaces)
{
    /// <param name="Code">Code from the first day on.</param>
    /// <param name="NameVi">Full Vietnamese name.</param>
    /// <param name="ShortNameVi">Vietnamese name without the kind of unit.</param>
    /// <param name="NameEn">English name.</param>
    /// <param name="Kind">ward, commune, specialZone…</param>
    /// <param name="Level">province, district or commune.</param>
    /// <param name="ParentCode">Code of the unit above on that day.</param>
    /// <param name="FormedFromVi">Names of what it is formed from.</param>
    /// <param name="SeatVi">Where its seat is.</param>
    /// <param name="Note">What else is known.</param>
    internal sealed record UnitInput(
        string? Code, string? NameVi, string? ShortNameVi, string? NameEn, string? Kind, string? Level, string? ParentCode, string[]? FormedFromVi, string? SeatVi,
        string? Note);

    /// <param name="From">Id of the old unit, code@validFrom.</param>
    /// <param name="To">Code of the unit that takes over, as of the first day.</param>
    /// <param name="Kind">merge, split, rename, recode or transfer.</param>
    /// <param name="Part">Only a part goes there.</param>
    /// <param name="Automatic">What belongs to the unit moves without asking; true for whole units when left out.</param>
    /// <param name="Confirmed">False where the sources do not say so outright; true when left out.</param>
    /// <param name="LegalBasis">Where it differs from the document's.</param>
    /// <param name="Note">What else is known.</param>
    internal sealed record TransitionInput(
        string? From, string? To, string? Kind, bool? Part, bool? Automatic, bool? Confirmed, string? LegalBasis, string? Note)
    {
        public bool IsPart => Part ?? false;

        public bool IsAutomatic => Automatic ?? !IsPart;
    }

    /// <param name="From">Id of the divided unit.</param>
    /// <param name="To">Code of the unit its staff go to.</param>
    internal sealed record SplitChoice(string? From, string? To);

    /// <param name="AssignmentId">The assignment.</param>
    /// <param name="To">Code of the unit the person goes to.</param>
    /// <param name="End">True when the work ends with the old unit.</param>
    internal sealed record StaffMove(Guid AssignmentId, string? To, bool? End);

    /// <param name="Code">Code of the group.</param>
    /// <param name="UnitCodes">Its members from the first day on.</param>
    internal sealed record GroupInput(string? Code, string[]? UnitCodes);

    /// <param name="Id">Id of its own; made up when left out.</param>
    /// <param name="Kind">communeCentre, postOffice…</param>
    /// <param name="NameVi">Vietnamese name.</param>
    /// <param name="NameEn">English name.</param>
    /// <param name="Unit">Code of the unit on the first day.</param>
    /// <param name="Receives">direct, online, post, internal.</param>
    /// <param name="AgencyCode">Identification code.</param>
    /// <param name="SeatVi">Where it is.</param>
    /// <param name="Note">What else is known.</param>
    internal sealed record PlaceInput(
        string? Id, string? Kind, string? NameVi, string? NameEn, string? Unit, string[]? Receives, string? AgencyCode, string? SeatVi, string? Note);
}
