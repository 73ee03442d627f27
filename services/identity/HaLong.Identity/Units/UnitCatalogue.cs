namespace HaLong.Identity.Units;

/// <summary>The data file of units as it is written.</summary>
internal sealed record UnitCatalogue(
    List<UnitCatalogue.UnitRow> Items, List<UnitCatalogue.TransitionRow> Transitions, List<UnitCatalogue.GroupRow> ReportingGroups,
    List<UnitCatalogue.PlaceRow> ReceivingPlaces)
{
    public const string File = "administrative-units.json";

    internal sealed record UnitRow(
        string Code, DateOnly ValidFrom, DateOnly? ValidTo, string NameVi, string ShortNameVi, string NameEn, string Kind, string Level,
        string? ParentCode, string? LegalBasis, string? EndLegalBasis, bool? ValidFromConfirmed, string[]? FormedFromVi, string? SeatVi, string? Note,
        string? QcvnLevel1Code);

    internal sealed record TransitionRow(
        string FromId, string ToId, DateOnly Effective, string Kind, bool Part, bool Automatic, bool Confirmed, string? LegalBasis, string? Note);

    internal sealed record GroupRow(string Code, string NameVi, string NameEn, string? Note, List<PeriodRow> Periods);

    /// <param name="From">First day.</param>
    /// <param name="To">Last day, or null.</param>
    /// <param name="Members">Says in words that all units under a parent belong to it.</param>
    /// <param name="UnitCodes">The members, where they are listed.</param>
    internal sealed record PeriodRow(DateOnly From, DateOnly? To, string? Members, string[]? UnitCodes);

    internal sealed record PlaceRow(
        string Id, string Kind, string NameVi, string NameEn, string UnitId, DateOnly? ValidFrom, DateOnly? ValidTo, bool Assumed, string[] Receives,
        string? AgencyCode, string? SeatVi, string? Note);
}
