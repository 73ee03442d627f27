using HaLong.Dossiers.Deadlines;
using static HaLong.Dossiers.Domain.DossierStatus;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>One row of the table of waits: in this state, under this condition, somebody has the next move.</summary>
/// <param name="Who">applicant, reception, officer, agency, payment, approver, signature or handover.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Vi">What is waited for, in Vietnamese.</param>
/// <param name="En">The same in English.</param>
/// <param name="Next">The transition that ends the wait.</param>
/// <param name="Limit">Until when.</param>
/// <param name="Applies">When the row holds; the first that does counts.</param>
internal sealed record Wait(string Who, string Reason, string Vi, string En, string Next, WaitLimit Limit, Func<Dossier, bool> Applies)
{
    /// <summary>The applicant has the move, and nobody of the agency.</summary>
    public bool IsApplicants => Who is "applicant" or "payment";

    /// <summary>Whose move it is by name, where it is one person's.</summary>
    public Guid? PersonOf(Dossier d) => Who switch
    {
        "applicant" or "payment" => d.OwnerId,
        "officer" => d.OfficerId,
        "signature" when Limit != WaitLimit.Signing => d.ApproverId,
        _ => null,
    };
}

/// <summary>No silent wait: for each state that is not over its owner, its reason, its next event and its latest date.</summary>
internal static class Waits
{
    public static readonly IReadOnlyList<Wait> All =
    [
        new("applicant", "DRAFT", "Người nộp hoàn thiện và nộp hồ sơ", "The applicant completes and files the draft", Moves.Submit, WaitLimit.Draft, d => d.Status == Draft),
        new("reception", "CHECK", "Bộ phận một cửa kiểm tra hồ sơ", "Reception checks the dossier", Moves.Accept, WaitLimit.Reception, d => d.Status == Submitted),
        new("applicant", "SUPPLEMENT", "Người nộp bổ sung hồ sơ", "The applicant completes the dossier", Moves.Supplement, WaitLimit.Until,
            d => d.Status is SupplementReception or SupplementProcessing),
        new("officer", "FORWARD", "Chuyển đến nơi giải quyết và phân công thụ lý", "To be forwarded and taken up", Moves.Assign, WaitLimit.Forwarding, d => d.Status == Accepted),
        new("signature", "APPROVER_SIGNATURE", "Người phê duyệt ký số", "The approver signs", Moves.SignByApprover, WaitLimit.Until, d => d.PersonSignature == SignatureStage.Asked && d.IsSigning),
        new("signature", "SIGNATURE_MISSED", "Chưa có chữ ký số của người phê duyệt; người phê duyệt yêu cầu ký lại", "Not signed by the approver; an approver asks again",
            Moves.AskSignature, WaitLimit.Demanding, d => d.MissesPerson),
        new("signature", "SIGNATURE", "Kết quả chờ ký số", "The result waits for its signature", Moves.Resolve, WaitLimit.Signing, d => d.Status == Processing && d.IsSigning),
        new("officer", "UNASSIGNED", "Chờ phân công cán bộ thụ lý", "Nobody has taken it up", Moves.Assign, WaitLimit.Pool, d => d.Status == Processing && d.OfficerId is null),
        new("officer", "FEE_LAPSED", "Yêu cầu nộp lệ phí hết hạn; cán bộ yêu cầu lại hoặc dừng giải quyết", "The payment request lapsed; the officer demands again or the handling stops",
            Moves.RequireFee, WaitLimit.Demanding, d => d.Status == Processing && d.PaymentStatus == PaymentStatus.Lapsed && !d.FeesPaid),
        new("payment", "FEES", "Chờ nộp phí, lệ phí", "The fees are not paid", Moves.Pay, WaitLimit.Payment, d => d.Status == Processing && !d.FeesPaid),
        new("officer", "APPRAISAL", "Cán bộ thẩm định, trình phê duyệt", "The officer appraises and submits for approval", Moves.Approve, WaitLimit.Due, d => d.Status == Processing),
        new("agency", "OPINION", "Chờ ý kiến cơ quan phối hợp", "Another agency is asked", Moves.AnswerOpinion, WaitLimit.Until, d => d.Status == WaitOpinion),
        new("officer", "DEMAND_LAPSED", "Yêu cầu nộp tiền hết hạn; cán bộ yêu cầu lại hoặc dừng giải quyết", "The demand lapsed; the officer demands again or the handling stops",
            Moves.RequireFee, WaitLimit.Demanding, d => d.Status == WaitPayment && d.OpenDemands == 0),
        new("payment", "DUTY", "Chờ thực hiện nghĩa vụ tài chính", "A financial duty is to be done", Moves.PayDemand, WaitLimit.Until, d => d.Status == WaitPayment),
        new("handover", "HAND_OVER", "Chờ trả kết quả", "The result is to be handed over", Moves.Return, WaitLimit.HandingOver, d => d.Status == Resolved),
        new("signature", "CORRECTION", "Kết quả đính chính chờ ký số", "The corrected result waits for its signature", Moves.ReplaceResult, WaitLimit.Signing, d => d.Status == Returned && d.IsSigning),
    ];

    /// <summary>What the dossier waits for; null when it is over.</summary>
    public static Wait? Of(Dossier dossier) => All.FirstOrDefault(w => w.Applies(dossier));

    /// <summary>Until when this wait may last, and whether that date is assumed.</summary>
    /// <param name="wait">The row.</param>
    /// <param name="dossier">Whose wait it is.</param>
    /// <param name="rules">The limits of its regime.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <param name="counting">How the regime counts.</param>
    public static (DateTimeOffset At, bool Assumed) Latest(Wait wait, Dossier dossier, WaitRules rules, WorkCalendar calendar, DeadlineRules counting)
    {
        var since = dossier.WaitingSince ?? dossier.UpdatedAt;
        switch (wait.Limit)
        {
            case WaitLimit.Until:
                return (dossier.WaitUntil ?? since, false);
            case WaitLimit.Due:
                return (dossier.DueAt ?? since, dossier.DueAssumed);
            case WaitLimit.Draft:
                since = dossier.UpdatedAt;
                break;
            case WaitLimit.Payment:
                since = dossier.SubmittedAt ?? since;
                break;
        }
        var (limit, assumed) = rules.Of(wait.Limit)!.Value;
        var end = DeadlineEngine.Evaluate(limit, since, calendar, counting);
        var at = end.DueAt!.Value;
        // An early result may be handed over until it is due.
        return wait.Limit == WaitLimit.HandingOver && dossier.DueAt > at ? (dossier.DueAt.Value, dossier.DueAssumed) : (at, assumed || end.Assumed);
    }
}
