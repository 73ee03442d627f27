using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing;

/// <summary>How and where a dossier was filed.</summary>
/// <param name="Regime">OSS-2018 or OSS-2025; null while it is a draft.</param>
/// <param name="CompetentUnit">The unit that decides.</param>
/// <param name="ReceivingUnit">The unit that takes it in and hands the result out.</param>
/// <param name="SupportUnitCode">The unit that helped; null when nobody did.</param>
/// <param name="PlaceUnitId">The place that led to the unit, code@validFrom.</param>
/// <param name="UnitChoices">Not empty while a chief has to choose among the successors of a divided unit.</param>
/// <param name="SubmittedBy">Account that pressed the button.</param>
/// <param name="SubmittedAs">In which role.</param>
/// <param name="Counter">Who brought which papers, when reception filed it.</param>
/// <param name="Duplicates">The decision to file although the matter was filed before.</param>
/// <param name="ReusedComponents">Components that came from the owner's document store instead of being handed in again.</param>
internal sealed record FilingView(
    string? Regime, UnitView CompetentUnit, UnitView ReceivingUnit, string? SupportUnitCode, string? PlaceUnitId, IReadOnlyList<string> UnitChoices,
    Guid? SubmittedBy, string? SubmittedAs, CounterFiling? Counter, DuplicateDecision? Duplicates, int ReusedComponents)
{
    public static FilingView Of(Dossier d)
    {
        var competent = new UnitView(d.UnitCode, d.UnitId, Text.Bilingual(d.UnitNameVi, d.UnitNameEn));
        var receiving = d.ReceivingUnitCode is { } code ? new UnitView(code, d.ReceivingUnitId, Text.Bilingual(d.ReceivingUnitNameVi!, d.ReceivingUnitNameEn!)) : competent;
        return new FilingView(
            d.Regime, competent, receiving, d.SupportUnitCode, d.PlaceUnitId, d.UnitChoices, d.SubmittedBy, d.SubmittedAs, d.Counter, d.Duplicates, d.ReusedComponents);
    }
}

/// <summary>A unit as it was when the dossier came to it.</summary>
/// <param name="Id">Which version, code@validFrom; null in dossiers from before versions were kept.</param>
internal sealed record UnitView(string Code, string? Id, string Name);
