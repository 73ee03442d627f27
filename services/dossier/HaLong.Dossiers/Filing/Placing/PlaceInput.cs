namespace HaLong.Dossiers.Filing.Placing;

/// <summary>Where the land, the house or the person is.</summary>
/// <param name="UnitCode">Code of the commune-level unit.</param>
/// <param name="On">The day on which the code meant that unit, e.g. of an old certificate; absent: today.</param>
internal sealed record PlaceInput(string? UnitCode, DateOnly? On);

/// <summary>What the applicant says about where a dossier goes.</summary>
/// <param name="UnitCode">The unit that decides, when the applicant names it himself.</param>
/// <param name="Place">Else the place; the unit that decides follows from it, the procedure and the day.</param>
/// <param name="ReceivingUnitCode">Where it is handed in and the result fetched; absent: the unit that decides.</param>
internal sealed record PlacementInput(string? UnitCode, PlaceInput? Place, string? ReceivingUnitCode);
