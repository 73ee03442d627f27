using System.Globalization;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// What the agency decides, and what ends a dossier without a result.
internal sealed partial class Dossier
{
    /// <summary>One of <see cref="Domain.Outcome"/>, once it is decided.</summary>
    public string? Outcome { get; private set; }

    /// <summary>The provision on which a refusal or a stop rests.</summary>
    public string? LegalBasis { get; private set; }

    /// <summary>New appointments given; by law at most one.</summary>
    public int Extensions { get; private set; }

    /// <summary>When the last one was given.</summary>
    public DateTimeOffset? AppointedAt { get; private set; }

    /// <param name="actor">The approver.</param>
    /// <param name="decision">What is decided; printed in the result.</param>
    /// <param name="resultDocumentId">Id that the signed result will have.</param>
    /// <param name="now">The moment.</param>
    /// <param name="sign">The approver signs it himself before the unit seals it.</param>
    public Result Approve(Actor actor, string decision, Guid resultDocumentId, DateTimeOffset now, bool sign = false)
    {
        if (Refusal(Moves.Approve, actor) is { } refusal)
            return refusal;
        if (OfficerId is null)
            return LifecycleErrors.NotAssigned;
        if (!FeesPaid)
            return DossierErrors.FeesUnpaid;
        if (FeeClaims.Exists(c => c is { Counts: true, Accepted: null }))
            return FeeClaimErrors.NotReviewed;
        Apply(Moves.Approve, actor, now, "Đã phê duyệt kết quả, chờ ký số", "Result approved, waiting for its signature");
        Decide(actor, Domain.Outcome.Approved, decision, resultDocumentId, now);
        WantSignature(sign);
        facts.Add(new DossierApproved(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, actor.Id, resultDocumentId));
        return Result.Success;
    }

    /// <summary>Refused after appraisal: the written refusal is the result, signed and handed over like any (Decree 61/2018, article 19.8).</summary>
    public Result Refuse(Actor actor, Grounds grounds, Guid resultDocumentId, DateTimeOffset now, bool sign = false)
    {
        if (Refusal(Moves.Refuse, actor) is { } refusal)
            return refusal;
        if (OfficerId is null)
            return LifecycleErrors.NotAssigned;
        Apply(Moves.Refuse, actor, now, "Từ chối giải quyết; văn bản từ chối chờ ký số", "Refused; the written refusal waits for its signature");
        Decide(actor, Domain.Outcome.Refused, $"Từ chối giải quyết hồ sơ.\nLý do: {grounds.Reason}\nCăn cứ: {grounds.LegalBasis}", resultDocumentId, now);
        WantSignature(sign);
        LegalBasis = grounds.LegalBasis;
        Issue(PaperForm.Refusal, actor, now, form => form with { Reason = grounds.Reason, LegalBasis = grounds.LegalBasis });
        facts.Add(new DossierRefused(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, actor.Id, resultDocumentId));
        return Result.Success;
    }

    /// <summary>A new appointment with an apology (form 04), as often and as early as the rules say.</summary>
    /// <param name="actor">Approver or leader.</param>
    /// <param name="reason">Reason of the delay, printed in the letter.</param>
    /// <param name="deadline">The dates of the clock with the new appointment.</param>
    /// <param name="rules">The rules of the regime.</param>
    /// <param name="now">The moment.</param>
    public Result Extend(Actor actor, string reason, Deadline deadline, DeadlineRules rules, DateTimeOffset now)
    {
        if (Refusal(Moves.Extend, actor) is { } refusal)
            return refusal;
        if (Extensions >= rules.MaxExtensions)
            return DeadlineErrors.AlreadyExtended.Format(rules.MaxExtensions);
        if (DueAt is not { } due)
            return DeadlineErrors.ClockNotRunning;
        if (LocalTime.Date(now) > LocalTime.Date(due).AddDays(-rules.ExtensionLeadDays))
            return DeadlineErrors.ExtensionTooLate.Format(rules.ExtensionLeadDays);
        if (deadline.DueAt is not { } newDue || newDue <= due)
            return DeadlineErrors.ExtensionNotLater.Format(LocalTime.Date(due).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        Appoint(now);
        Apply(Moves.Extend, actor, now, "Xin lỗi và hẹn lại ngày trả kết quả", "Apology and a new appointment", extendTo: newDue);
        Issue(PaperForm.Apology, actor, now, form => form with { Reason = reason, NewDueAt = newDue });
        Reckon(deadline);
        facts.Add(new DossierDeadlineExtended(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, due, newDue));
        return Result.Success;
    }

    public Result Stop(Actor actor, Grounds grounds, DateTimeOffset now)
    {
        if (Refusal(Moves.Stop, actor) is { } refusal)
            return refusal;
        EndSupplement();
        TakeDecisionBack();
        Apply(Moves.Stop, actor, now, "Dừng giải quyết hồ sơ; lý do và căn cứ có trong thông báo", "Handling stopped; the notice gives the reason and the legal ground");
        LegalBasis = grounds.LegalBasis;
        Issue(PaperForm.Stop, actor, now, form => form with { Reason = grounds.Reason, LegalBasis = grounds.LegalBasis });
        facts.Add(new DossierStopped(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId));
        return Result.Success;
    }

    /// <summary>The applicant takes it back, at any time before the end.</summary>
    /// <param name="actor">The owner, or who acts for him.</param>
    /// <param name="reason">Why.</param>
    /// <param name="feeTreatment">What becomes of what was paid.</param>
    /// <param name="now">The moment.</param>
    public Result Withdraw(Actor actor, string reason, string feeTreatment, DateTimeOffset now)
    {
        if (Refusal(Moves.Withdraw, actor) is { } refusal)
            return refusal;
        var from = Status;
        EndSupplement();
        AbandonSignature();
        Apply(Moves.Withdraw, actor, now, "Người nộp rút hồ sơ", "Withdrawn by the applicant");
        WithdrawalReason = reason;
        facts.Add(new DossierWithdrawn(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, from, PaidAmount, feeTreatment));
        return Result.Success;
    }

    public string? WithdrawalReason { get; private set; }

    private void Appoint(DateTimeOffset now) => (Extensions, AppointedAt) = (Extensions + 1, now);

    private void Decide(Actor actor, string outcome, string decision, Guid resultDocumentId, DateTimeOffset now)
    {
        (ApproverId, ApproverName, ApprovedAt) = (actor.Id, actor.Name, now);
        (Outcome, Decision, ResultDocumentId) = (outcome, decision, resultDocumentId);
        WaitingSince = now;
    }
}
