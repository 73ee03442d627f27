using HaLong.Identity.Domain;

namespace HaLong.Identity.Units;

/// <param name="Id">Code and first day of validity: one code can mean different units on different days.</param>
/// <param name="Code">Code of the unit on that day.</param>
/// <param name="NameVi">Full Vietnamese name.</param>
/// <param name="ShortNameVi">Vietnamese name without the kind of unit.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Kind">province, city, district, ward, commune or specialZone.</param>
/// <param name="Level">province, district (until 30 June 2025) or commune.</param>
/// <param name="ParentCode">Code of the unit above.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day, or null.</param>
/// <param name="ValidFromConfirmed">False where the unit is older than the catalogue says.</param>
/// <param name="LegalBasis">The decision that made it, where known.</param>
internal sealed record UnitView(
    string Id, string Code, string NameVi, string ShortNameVi, string NameEn, string Kind, string Level, string? ParentCode,
    DateOnly ValidFrom, DateOnly? ValidTo, bool ValidFromConfirmed, string? LegalBasis)
{
    public static UnitView Of(Unit u) => new(
        u.Id, u.Code, u.NameVi, u.ShortNameVi, u.NameEn, u.Kind, u.Level, u.ParentCode, u.ValidFrom, u.ValidTo, u.ValidFromConfirmed, u.LegalBasis);
}

/// <summary>A unit named beside something else.</summary>
/// <param name="Id">Code and first day of validity.</param>
/// <param name="Code">Code of the unit.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="NameEn">English name.</param>
internal sealed record UnitName(string Id, string Code, string NameVi, string NameEn)
{
    public static UnitName Of(Unit u) => new(u.Id, u.Code, u.NameVi, u.NameEn);
}

/// <param name="Unit">The unit on the other side: where it came from, or went to.</param>
/// <param name="Kind">merge, split, rename, recode or transfer.</param>
/// <param name="Part">Only a part went there.</param>
/// <param name="Automatic">What belonged to the unit may be moved without asking.</param>
/// <param name="Confirmed">False where the sources do not say so outright.</param>
/// <param name="Effective">First day on which it holds.</param>
/// <param name="LegalBasis">The decision.</param>
/// <param name="Note">What else is known.</param>
internal sealed record TransitionView(
    UnitName Unit, string Kind, bool Part, bool Automatic, bool Confirmed, DateOnly Effective, string? LegalBasis, string? Note)
{
    public static TransitionView Of(Unit other, UnitTransition t) =>
        new(UnitName.Of(other), t.Kind, t.IsPart, t.IsAutomatic, t.IsConfirmed, t.Effective, t.LegalBasis, t.Note);
}
