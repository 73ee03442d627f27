using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Register;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What form 01 says beyond the dossier itself.</summary>
/// <param name="Components">The documents as they were filed.</param>
/// <param name="TimeLimit">The limit in Vietnamese words.</param>
internal sealed record ReceiptDetails(IReadOnlyList<FormComponent> Components, string TimeLimit);

// At the one-stop unit: from filing to the agency (Decree 61/2018, articles 17 and 18).
internal sealed partial class Dossier
{
    /// <summary>Originals on paper that reception took and the applicant gets back.</summary>
    public int OriginalsHeld { get; private set; }

    public Result Accept(Actor actor, DateTimeOffset dueAt, bool dueAssumed, DateTimeOffset now, int originals = 0, ReceiptDetails? details = null)
    {
        if (Refusal(Moves.Accept, actor) is { } refusal)
            return refusal;
        AcceptedAt = now;
        (DueAt, DueAssumed, OriginalsHeld) = (dueAt, dueAssumed, originals);
        Apply(Moves.Accept, actor, now, "Đã tiếp nhận hồ sơ và hẹn ngày trả kết quả", "Dossier accepted, appointment given");
        Issue(PaperForm.Receipt, actor, now, form => form with { Components = details?.Components, TimeLimit = details?.TimeLimit });
        records.Add(new RegisterArrival { DossierId = Id, UnitCode = ReceivingUnitCode ?? UnitCode, AcceptedAt = now });
        facts.Add(new DossierAccepted(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, dueAt));
        return Result.Success;
    }

    /// <summary>Refused at reception, in writing. After a supplement request only when the applicant let its deadline pass.</summary>
    public Result Reject(Actor actor, Grounds grounds, DateTimeOffset now)
    {
        if (Refusal(Moves.Reject, actor) is { } refusal)
            return refusal;
        if (Status == DossierStatus.SupplementReception && now < WaitUntil)
            return LifecycleErrors.StillTime;
        EndSupplement();
        Apply(Moves.Reject, actor, now, "Từ chối tiếp nhận hồ sơ; lý do và căn cứ có trong phiếu từ chối", "Not accepted; the refusal slip gives the reason and the legal ground");
        LegalBasis = grounds.LegalBasis;
        Issue(PaperForm.Refusal, actor, now, form => form with { Reason = grounds.Reason, LegalBasis = grounds.LegalBasis });
        facts.Add(new DossierNotAccepted(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId));
        return Result.Success;
    }

    /// <summary>Goes to the agency that handles it; nobody there has taken it up yet.</summary>
    public Result Forward(Actor actor, string? note, DateTimeOffset now)
    {
        if (Refusal(Moves.Forward, actor) is { } refusal)
            return refusal;
        Apply(Moves.Forward, actor, now, "Đã chuyển hồ sơ đến bộ phận giải quyết", "Forwarded to those who handle it");
        IssueControl(actor, now, $"Bộ phận tiếp nhận và trả kết quả {UnitNameVi}", UnitNameVi, null, note);
        return Result.Success;
    }

    /// <summary>The originals go back to the applicant, before the end or after it.</summary>
    public Result ReturnOriginals(Actor actor, DateTimeOffset now)
    {
        if (Refusal(Moves.ReturnOriginals, actor) is { } refusal)
            return refusal;
        if (OriginalsHeld == 0)
            return LifecycleErrors.NoOriginals;
        OriginalsHeld = 0;
        Apply(Moves.ReturnOriginals, actor, now, "Đã trả lại bản chính giấy tờ", "Originals given back");
        return Result.Success;
    }
}
