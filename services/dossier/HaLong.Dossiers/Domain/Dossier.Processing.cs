using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// From reception to the returned result.
internal sealed partial class Dossier
{
    public Result Accept(Actor actor, DateTimeOffset dueAt, bool dueAssumed, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Submitted) is { } refusal)
            return refusal;
        AcceptedAt = now;
        DueAt = dueAt;
        DueAssumed = dueAssumed;
        Move("accept", DossierStatus.Accepted, actor, now, "Đã tiếp nhận hồ sơ và hẹn ngày trả kết quả", "Dossier accepted, appointment given");
        Clock(ClockEffect.Start, "accept", "Đã nhận đủ hồ sơ hợp lệ", "The complete dossier was received", now);
        facts.Add(new DossierAccepted(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, dueAt));
        return Result.Success;
    }

    public Result Assign(Actor actor, Guid officerId, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Accepted) is { } refusal)
            return refusal;
        if (IsParty(officerId))
            return DossierErrors.OwnDossier;
        OfficerId = officerId;
        Move("assign", DossierStatus.Processing, actor, now, "Cán bộ thụ lý bắt đầu giải quyết", "A case officer took the dossier up");
        facts.Add(new DossierProcessingStarted(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, officerId));
        return Result.Success;
    }

    public Result Approve(Actor actor, string decision, Guid resultDocumentId, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Processing) is { } refusal)
            return refusal;
        if (ApprovedAt is not null)
            return WrongState();
        if (actor.Id == OfficerId)
            return DossierErrors.SameOfficer;
        if (!FeesPaid)
            return DossierErrors.FeesUnpaid;
        ApproverId = actor.Id;
        ApproverName = actor.Name;
        ApprovedAt = now;
        Decision = decision;
        ResultDocumentId = resultDocumentId;
        Move("approve", Status, actor, now, "Đã phê duyệt kết quả, chờ ký số", "Result approved, waiting for its signature");
        facts.Add(new DossierApproved(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, actor.Id, resultDocumentId));
        return Result.Success;
    }

    /// <summary>The signing service was down: counted, so that the wait can be seen.</summary>
    public void SigningFailed(DateTimeOffset now)
    {
        SigningAttempts++;
        UpdatedAt = now;
    }

    public Result Resolve(string resultSha256, DateTimeOffset now)
    {
        if (Status != DossierStatus.Processing || ResultDocumentId is not { } documentId)
            return WrongState();
        ResolvedAt = now;
        Move("resolve", DossierStatus.Resolved, Actor.System, now, "Kết quả đã được ký số", "The result is signed");
        Clock(ClockEffect.Stop, "resolve", "Đã có kết quả giải quyết", "The result is there", now);
        facts.Add(new DossierResultReady(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, documentId, resultSha256));
        return Result.Success;
    }

    public Result Return(Actor actor, DateTimeOffset now)
    {
        if (Refuse(actor, DossierStatus.Resolved) is { } refusal)
            return refusal;
        ReturnedAt = now;
        Move("return", DossierStatus.Returned, actor, now, "Đã trả kết quả", "Result handed over");
        facts.Add(new DossierReturned(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, ResultDocumentId!.Value));
        return Result.Success;
    }

    /// <summary>A payment request was opened. Messages may come in any order: a settled payment stays settled.</summary>
    public bool RecordPaymentRequest(Guid paymentId, long amount, DateTimeOffset now)
    {
        if (Status == DossierStatus.Draft || PaymentId is not null)
            return false;
        (PaymentId, PaymentStatus, PaymentAmount) = (paymentId, Domain.PaymentStatus.Requested, amount);
        Move("requestPayment", Status, Actor.System, now, "Đã có yêu cầu nộp phí, lệ phí", "Payment of the fees requested");
        return true;
    }

    /// <summary>The fees arrived; false when that is already known or does not concern this dossier.</summary>
    public bool RecordPayment(Guid paymentId, long amount, DateTimeOffset now)
    {
        if (Status == DossierStatus.Draft || PaymentStatus == Domain.PaymentStatus.Settled || (PaymentId ?? paymentId) != paymentId)
            return false;
        (PaymentId, PaymentStatus, PaymentAmount) = (paymentId, Domain.PaymentStatus.Settled, amount);
        Move("pay", Status, Actor.System, now, "Đã nộp đủ phí, lệ phí", "Fees paid");
        facts.Add(new DossierFeePaid(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, paymentId, amount));
        return true;
    }
}
