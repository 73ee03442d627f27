using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// Three units: who helps, who receives, who decides (Decree 118/2025). UnitCode is the one that decides.
internal sealed partial class Dossier
{
    /// <summary>Which version of the unit <see cref="UnitCode"/> means, code@validFrom: the same code means other units on other days.</summary>
    public string? UnitId { get; private set; }

    /// <summary>The unit whose reception takes it in and hands the result out.</summary>
    public string? ReceivingUnitCode { get; private set; }

    public string? ReceivingUnitId { get; private set; }
    public string? ReceivingUnitNameVi { get; private set; }
    public string? ReceivingUnitNameEn { get; private set; }

    /// <summary>The unit that helped to file it; null when nobody did.</summary>
    public string? SupportUnitCode { get; private set; }

    /// <summary>Where the land, the house or the person is, code@validFrom; null when the applicant named the unit himself.</summary>
    public string? PlaceUnitId { get; private set; }

    /// <summary>Successors of its unit among which somebody has to choose; empty unless the unit was divided.</summary>
    public string[] UnitChoices { get; private set; } = [];

    public bool NeedsUnitChoice => UnitChoices.Length > 0;

    /// <summary>Says where a draft goes.</summary>
    public Result Place(Placement placement, DateTimeOffset now)
    {
        if (Status != DossierStatus.Draft)
            return WrongState();
        Settle(placement);
        UpdatedAt = now;
        return Result.Success;
    }

    /// <summary>Its unit is no longer: the successor goes on with it, from the state it is in.</summary>
    /// <returns>False when it is over, or not filed yet.</returns>
    public bool MoveTo(Placement placement, DateTimeOffset now)
    {
        if (Transitions.Find(Moves.Transfer, Status) is null)
            return false;
        var (oldVi, oldEn) = (UnitNameVi, UnitNameEn);
        Settle(placement);
        UnitChoices = [];
        Apply(Moves.Transfer, Actor.System, now, $"Chuyển từ {oldVi} sang {UnitNameVi} do sắp xếp đơn vị hành chính",
            $"Passed on from {oldEn} to {UnitNameEn}: administrative units were rearranged");
        return true;
    }

    /// <summary>The unit that received it is no longer; who decides stays.</summary>
    /// <returns>False when it is over, or not filed yet.</returns>
    public bool ReceiveAt(DossierUnit unit, DateTimeOffset now)
    {
        if (Transitions.Find(Moves.ChangeReceivingUnit, Status) is null)
            return false;
        (ReceivingUnitCode, ReceivingUnitId, ReceivingUnitNameVi, ReceivingUnitNameEn) = (unit.Code, unit.Id, unit.NameVi, unit.NameEn);
        Apply(Moves.ChangeReceivingUnit, Actor.System, now, $"Nơi tiếp nhận và trả kết quả nay là {unit.NameVi}", $"It is received and handed out at {unit.NameEn} now");
        return true;
    }

    /// <summary>Its unit was divided: which part is meant is for the chiefs of the successors to say.</summary>
    /// <returns>False when it is over, or not filed yet.</returns>
    public bool AwaitUnitChoice(IReadOnlyCollection<string> choices, DateTimeOffset now)
    {
        if (Transitions.Find(Moves.AwaitUnitChoice, Status) is null)
            return false;
        UnitChoices = [.. choices];
        Apply(Moves.AwaitUnitChoice, Actor.System, now, $"{UnitNameVi} đã được chia tách; chờ xác định đơn vị giải quyết",
            $"{UnitNameEn} was divided; which unit goes on is to be decided");
        return true;
    }

    /// <summary>A chief of a successor says which one goes on.</summary>
    public Result ChooseUnit(Actor chief, Placement placement, string reason, DateTimeOffset now)
    {
        if (Refusal(Moves.ChooseUnit, chief) is { } refusal)
            return refusal;
        if (!NeedsUnitChoice)
            return SubmissionErrors.NothingToChoose;
        if (!UnitChoices.Contains(placement.Competent.Code))
            return SubmissionErrors.NotASuccessor.WithField("unitCode", SubmissionErrors.NotASuccessor.Vi, SubmissionErrors.NotASuccessor.En);
        Settle(placement);
        UnitChoices = [];
        Apply(Moves.ChooseUnit, chief, now, $"Xác định {UnitNameVi} giải quyết: {reason}", $"{UnitNameEn} goes on with it: {reason}");
        return Result.Success;
    }

    private void Settle(Placement placement)
    {
        (UnitCode, UnitId, UnitNameVi, UnitNameEn) =
            (placement.Competent.Code, placement.Competent.Id, placement.Competent.NameVi, placement.Competent.NameEn);
        (ReceivingUnitCode, ReceivingUnitId, ReceivingUnitNameVi, ReceivingUnitNameEn) =
            (placement.Receiving.Code, placement.Receiving.Id, placement.Receiving.NameVi, placement.Receiving.NameEn);
        PlaceUnitId = placement.PlaceUnitId;
    }
}

/// <summary>Where a dossier goes.</summary>
/// <param name="Competent">The unit that decides.</param>
/// <param name="Receiving">The unit that takes it in and hands the result out.</param>
/// <param name="PlaceUnitId">The place that led there; null when the unit was named.</param>
internal sealed record Placement(DossierUnit Competent, DossierUnit Receiving, string? PlaceUnitId);
