using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing.Placing;

/// <summary>
/// Says where a dossier goes: by procedure, place and day. What identity does not know for certain is asked back, never guessed.
/// </summary>
internal sealed class PlacementRouter(IdentityDirectory directory)
{
    /// <summary>Where a draft goes, as the applicant says; a refusal names each field.</summary>
    public async Task<Result<Placement>> PlaceAsync(ProcedureContent procedure, PlacementInput input, DateOnly day, CancellationToken ct)
    {
        var competent = input.Place is { } place
            ? await OfPlaceAsync(procedure, place, day, ct)
            : await NamedAsync(input.UnitCode, day, ct);
        if (!competent.IsSuccess)
            return competent.Error;
        var (unit, placeId) = competent.Value;
        if (input.Place is not null && input.UnitCode is { Length: > 0 } named && named != unit.Code)
        {
            return SubmissionErrors.PlaceUnclear.WithField("unitCode", $"Với địa bàn này, đơn vị giải quyết là {unit.NameVi} ({unit.Code}).",
                $"For this place {unit.NameEn} ({unit.Code}) decides.");
        }
        if (input.ReceivingUnitCode is not { Length: > 0 } code || code == unit.Code)
            return new Placement(unit, unit, placeId);
        var receiving = await directory.FindUnitAsync(code, ct);
        if (!receiving.IsSuccess)
            return Field(receiving.Error, "receivingUnitCode");
        return SharesProvince(unit, receiving.Value) && day >= Regime.Reform
            ? new Placement(unit, receiving.Value, placeId)
            : Field(SubmissionErrors.OutsideProvince, "receivingUnitCode");
    }

    /// <summary>Where a dossier goes whose units may have changed since it was placed. Costs one remembered answer while they have not.</summary>
    public async Task<Result<Placement>> AgainAsync(Dossier dossier, ProcedureContent procedure, DateOnly day, CancellationToken ct)
    {
        var now = await directory.FindUnitAsync(dossier.UnitCode, ct);
        if (!now.IsSuccess && now.Error.Kind != ErrorKind.Validation)
            return now.Error;
        var isSame = now.IsSuccess && (dossier.UnitId is null || dossier.UnitId == now.Value.Id);
        Result<DossierUnit> competent = isSame ? now.Value : dossier.PlaceUnitId is { } place
            ? await FollowPlaceAsync(procedure, place, day, ct)
            : dossier.UnitId is { } id ? await SuccessorAsync(id, "unitCode", day, ct) : Field(DossierErrors.UnknownUnit, "unitCode");
        if (!competent.IsSuccess)
            return competent.Error;
        if (dossier.ReceivingUnitCode is null || dossier.ReceivingUnitCode == dossier.UnitCode)
            return new Placement(competent.Value, competent.Value, dossier.PlaceUnitId);

        var receiving = await directory.FindUnitAsync(dossier.ReceivingUnitCode, ct);
        if (!receiving.IsSuccess && receiving.Error.Kind != ErrorKind.Validation)
            return receiving.Error;
        if (!receiving.IsSuccess || receiving.Value.Id != dossier.ReceivingUnitId)
            receiving = await SuccessorAsync(dossier.ReceivingUnitId!, "receivingUnitCode", day, ct);
        return receiving.IsSuccess ? new Placement(competent.Value, receiving.Value, dossier.PlaceUnitId) : receiving.Error;
    }

    private static bool SharesProvince(DossierUnit one, DossierUnit other) => Top(one) == Top(other);

    // Since the reform every commune is right below its province.
    private static string Top(DossierUnit unit) => unit.Level == CompetentLevel.Province ? unit.Code : unit.ParentCode;

    private async Task<Result<(DossierUnit Unit, string? PlaceId)>> NamedAsync(string? code, DateOnly day, CancellationToken ct)
    {
        var unit = await directory.FindUnitAsync(code ?? "", ct);
        return unit.IsSuccess ? (unit.Value, null) : Field(unit.Error, "unitCode");
    }

    private async Task<Result<(DossierUnit Unit, string? PlaceId)>> OfPlaceAsync(ProcedureContent procedure, PlaceInput place, DateOnly day, CancellationToken ct)
    {
        var was = place.On is { } on && on < day ? await directory.FindUnitAsync(place.UnitCode ?? "", on, ct) : await directory.FindUnitAsync(place.UnitCode ?? "", ct);
        if (!was.IsSuccess)
            return Field(was.Error, "place");
        var now = await SuccessorAsync(was.Value.Id!, "place", day, ct);
        if (!now.IsSuccess)
            return now.Error;
        var unit = await AboveAsync(procedure, now.Value, day, ct);
        return unit.IsSuccess ? (unit.Value, now.Value.Id) : unit.Error;
    }

    /// <summary>The unit that decides for a place, whatever became of the place by the day.</summary>
    public async Task<Result<DossierUnit>> FollowPlaceAsync(ProcedureContent procedure, string placeId, DateOnly day, CancellationToken ct)
    {
        var now = await SuccessorAsync(placeId, "place", day, ct);
        return now.IsSuccess ? await AboveAsync(procedure, now.Value, day, ct) : now.Error;
    }

    private async Task<Result<DossierUnit>> AboveAsync(ProcedureContent procedure, DossierUnit place, DateOnly day, CancellationToken ct)
    {
        if (CompetentLevel.StepsUp(CompetentLevel.On(procedure, day), place.Level, day) is not { } steps)
        {
            return SubmissionErrors.PlaceUnclear.WithField("unitCode", "Thủ tục này không xác định đơn vị theo địa bàn; hãy nêu đơn vị giải quyết.",
                "For this procedure the place does not lead to a unit; name the unit that decides.");
        }
        var unit = place;
        for (; steps > 0; steps--)
        {
            var above = await directory.FindUnitAsync(unit.ParentCode, ct);
            if (!above.IsSuccess)
                return Field(above.Error, "place");
            unit = above.Value;
        }
        return unit;
    }

    /// <summary>The unit that a version is on the day; a refusal that names the choices when it was divided.</summary>
    private async Task<Result<DossierUnit>> SuccessorAsync(string id, string field, DateOnly day, CancellationToken ct)
    {
        var fates = await directory.FatesAsync([id], day, ct);
        if (!fates.IsSuccess)
            return fates.Error;
        if (fates.Value.GetValueOrDefault(id) is not { } fate)
            return Field(DossierErrors.UnknownUnit, field);
        if (fate.Unit is { } unit)
            return unit;
        var (vi, en) = (string.Join(", ", fate.Choices.Select(c => $"{c.NameVi} ({c.Code})")), string.Join(", ", fate.Choices.Select(c => $"{c.NameEn} ({c.Code})")));
        return SubmissionErrors.PlaceUnclear.WithField(field, $"Đơn vị này đã được chia tách; hãy chọn: {vi}.", $"This unit was divided; choose one of: {en}.");
    }

    private static Error Field(Error error, string name) => error.Kind == ErrorKind.Validation && error.FieldMessages.Count == 0 ? error.WithField(name, error.Vi, error.En) : error;
}
