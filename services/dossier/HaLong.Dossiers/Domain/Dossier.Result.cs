using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// The signed result on its way to its owner, and its correction (Decree 61/2018, articles 20 and 21).
internal sealed partial class Dossier
{
    /// <summary>One of <see cref="Lifecycle.ReturnMethod"/>, once it is handed over.</summary>
    public string? ReturnMethod { get; private set; }

    public string? ReturnedTo { get; private set; }
    public string? ReturnCheck { get; private set; }
    public string? ReturnCarrier { get; private set; }
    public string? ReturnTracking { get; private set; }

    /// <summary>Id of a corrected result that waits for its signature.</summary>
    public Guid? CorrectionId { get; private set; }

    public string? CorrectionReason { get; private set; }

    /// <summary>Corrections so far.</summary>
    public int Corrections { get; private set; }

    /// <summary>The signing service was down: counted, so that the wait can be seen.</summary>
    public void SigningFailed(DateTimeOffset now)
    {
        SigningAttempts++;
        UpdatedAt = now;
    }

    /// <summary>The date that the applicant was promised at first; null once the agency had to give a later one: then nothing is early.</summary>
    private DateTimeOffset? FirstPromise => Extensions == 0 && ApologisedFor is null ? DueAt : null;

    public Result Resolve(string resultSha256, DateTimeOffset now)
    {
        if (!IsSigning || AwaitsPerson || Refusal(Moves.Resolve, Actor.System) is not null)
            return WrongState();
        ResolvedAt = now;
        Apply(Moves.Resolve, Actor.System, now, "Kết quả đã được ký số", "The result is signed");
        facts.Add(new DossierResultReady(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, ResultDocumentId!.Value, resultSha256)
        {
            Outcome = Outcome,
            DueAt = FirstPromise,
        });
        return Result.Success;
    }

    /// <summary>Handed over by an official: over the counter or by post.</summary>
    public Result Return(Actor actor, HandingOver how, DateTimeOffset now)
    {
        if (Refusal(Moves.Return, actor) is { } refusal)
            return refusal;
        if (OriginalsHeld > 0 && !how.OriginalsReturned)
            return LifecycleErrors.OriginalsHeld.Format(OriginalsHeld);
        return End(Moves.Return, actor, how, now,
            how.Method == Lifecycle.ReturnMethod.Post ? "Đã gửi kết quả qua bưu chính" : "Đã trả kết quả",
            how.Method == Lifecycle.ReturnMethod.Post ? "Result sent by post" : "Result handed over");
    }

    /// <summary>The owner downloaded the result: that is receipt, unless originals are still to be given back.</summary>
    public Result Receive(string by, DateTimeOffset now)
    {
        if (Refusal(Moves.Receive, Actor.System) is { } refusal)
            return refusal;
        if (OriginalsHeld > 0)
            return LifecycleErrors.OriginalsHeld.Format(OriginalsHeld);
        return End(Moves.Receive, Actor.System, new HandingOver(Lifecycle.ReturnMethod.Online, by, null, null, null, false), now,
            "Người nộp đã tải kết quả trực tuyến", "The owner downloaded the result");
    }

    /// <summary>An error was found in a returned result: a new one is signed at the agency's cost; nothing else opens again.</summary>
    public Result Correct(Actor actor, string decision, string reason, Guid documentId, DateTimeOffset now, bool sign = false)
    {
        if (CorrectionId is not null && Transitions.Find(Moves.Correct, Status) is not null && !IsParty(actor.Id))
            return LifecycleErrors.CorrectionPending;
        if (Refusal(Moves.Correct, actor) is { } refusal)
            return refusal;
        Apply(Moves.Correct, actor, now, "Phát hiện sai sót; kết quả đính chính chờ ký số", "An error was found; the corrected result waits for its signature");
        (CorrectionId, CorrectionReason, Decision) = (documentId, reason, decision);
        (ApproverId, ApproverName, ApprovedAt, WaitingSince) = (actor.Id, actor.Name, now, now);
        WantSignature(sign);
        return Result.Success;
    }

    /// <summary>The corrected result is signed and takes the place of the old one.</summary>
    public Result ReplaceResult(string resultSha256, DateTimeOffset now)
    {
        if (CorrectionId is not { } corrected || AwaitsPerson || Refusal(Moves.ReplaceResult, Actor.System) is not null)
            return WrongState();
        var replaced = ResultDocumentId!.Value;
        Apply(Moves.ReplaceResult, Actor.System, now, "Kết quả đính chính đã thay kết quả cũ", "The corrected result took the place of the old one");
        (ResultDocumentId, CorrectionId, Corrections) = (corrected, null, Corrections + 1);
        facts.Add(new DossierResultCorrected(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, replaced, corrected, resultSha256));
        return Result.Success;
    }

    /// <summary>An official writes something down; what the applicant may see is also a step of the timeline.</summary>
    public Result Note(Actor actor, string text, bool visible, DateTimeOffset now)
    {
        if (Refusal(Moves.Note, actor) is { } refusal)
            return refusal;
        if (visible)
            Apply(Moves.Note, actor, now, "Cơ quan giải quyết để lại ghi chú cho người nộp", "The agency left a note for the applicant");
        UpdatedAt = now;
        records.Add(new DossierNote
        {
            Id = Guid.CreateVersion7(now),
            DossierId = Id,
            Text = text,
            Visible = visible,
            AuthorId = actor.Id,
            AuthorRole = actor.Role,
            AuthorName = actor.Name,
            CreatedAt = now,
        });
        return Result.Success;
    }

    private Result End(string action, Actor actor, HandingOver how, DateTimeOffset now, string vi, string en)
    {
        var held = OriginalsHeld;
        (ReturnedAt, OriginalsHeld) = (now, 0);
        (ReturnMethod, ReturnedTo, ReturnCheck) = (how.Method, how.ReceivedBy, how.IdCheck);
        (ReturnCarrier, ReturnTracking) = (how.Carrier, how.TrackingNumber);
        Apply(action, actor, now, held > 0 ? vi + " và bản chính giấy tờ" : vi, held > 0 ? en + ", with the originals" : en);
        IssueControl(actor, now, UnitNameVi, how.ReceivedBy ?? OwnerName, null, how.TrackingNumber);
        facts.Add(new DossierReturned(Id, Code!, ++Sequence, now, ProcedureCode, UnitCode, OwnerId, ResultDocumentId!.Value) { Method = how.Method });
        return Result.Success;
    }
}
