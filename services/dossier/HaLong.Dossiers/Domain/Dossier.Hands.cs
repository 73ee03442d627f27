using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// Whose hands it is in (Decree 61/2018, article 19.1).
internal sealed partial class Dossier
{
    /// <summary>An officer takes it up, or a supervisor or colleague gives it to one. Who has it keeps it: see <see cref="Reassign"/>.</summary>
    public Result Assign(Actor actor, Guid officerId, DateTimeOffset now)
    {
        if (Refusal(Moves.Assign, actor) is { } refusal)
            return refusal;
        if (IsParty(officerId))
            return DossierErrors.OwnDossier;
        if (OfficerId is not null)
            return LifecycleErrors.AlreadyAssigned;
        OfficerId = officerId;
        Apply(Moves.Assign, actor, now, "Cán bộ thụ lý bắt đầu giải quyết", "A case officer took the dossier up");
        WaitingSince = now;
        IssueControl(actor, now, UnitNameVi, $"Cán bộ thụ lý, {UnitNameVi}", null, null);
        if (!ProcessingTold)
            facts.Add(new DossierProcessingStarted(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, officerId));
        ProcessingTold = true;
        return Result.Success;
    }

    /// <summary>Given to a colleague, with the reason; possible at any point of the handling.</summary>
    public Result Reassign(Actor actor, Guid officerId, string reason, DateTimeOffset now)
    {
        if (Refusal(Moves.Reassign, actor) is { } refusal)
            return refusal;
        if (IsParty(officerId))
            return DossierErrors.OwnDossier;
        if (OfficerId is null)
            return LifecycleErrors.NotAssigned;
        if (OfficerId == officerId)
            return LifecycleErrors.AlreadyAssigned;
        OfficerId = officerId;
        Apply(Moves.Reassign, actor, now, "Hồ sơ được bàn giao cho cán bộ khác", "Handed over to another officer");
        IssueControl(actor, now, $"Cán bộ thụ lý, {UnitNameVi}", $"Cán bộ thụ lý khác, {UnitNameVi}", null, reason);
        return Result.Success;
    }

    /// <summary>Back to those of the unit whom nobody has.</summary>
    public Result Release(Actor actor, string reason, DateTimeOffset now)
    {
        if (Refusal(Moves.Release, actor) is { } refusal)
            return refusal;
        if (OfficerId is null)
            return LifecycleErrors.NotAssigned;
        Apply(Moves.Release, actor, now, "Hồ sơ trở lại hàng chờ phân công của đơn vị", "Back in the unit's pool");
        (OfficerId, WaitingSince, ReleaseReason) = (null, now, reason);
        return Result.Success;
    }

    /// <summary>True once it was told that handling began; that is told once.</summary>
    public bool ProcessingTold { get; private set; }

    /// <summary>Why it was last given back to the pool; for officials.</summary>
    public string? ReleaseReason { get; private set; }
}
