using System.Collections.Frozen;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Deadlines;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Domain.DossierStatus;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>
/// Everything that can happen to a dossier: the one table. What is not in it is refused by the aggregate; the documentation is drawn from it
/// (docs/services/dossier-lifecycle.md) and tests compare it with Data/statuses.json. Decree 61/2018/NĐ-CP where a source is named; Decree
/// 118/2025 keeps the flow as far as is known.
/// </summary>
internal static class Transitions
{
    private static readonly string[] Applicants = [Roles.Citizen, Roles.Organisation, "delegate", "representative", Roles.Helper];
    private static readonly string[] Platform = ["system"];
    private static readonly string[] InHand = [Processing, WaitOpinion, SupplementProcessing, WaitPayment];
    private static readonly string[] Filed = [Submitted, SupplementReception, Accepted, .. InHand, Resolved];

    public static readonly IReadOnlyList<Transition> All =
    [
        new(Moves.Submit, "nộp hồ sơ", "file", Party.Applicant, [.. Applicants, Roles.Reception], [Draft], Submitted)
        { Requires = ["all required components", "reception files only at the counter, for the owner"], Fact = nameof(DossierSubmitted), Source = "61/2018 art. 16" },

        // Reception.
        new(Moves.Accept, "tiếp nhận, hẹn trả kết quả", "accept, give an appointment", Party.Official, [Roles.Reception], [Submitted], Accepted)
        { Requires = ["originals taken"], Form = PaperForm.Receipt, Fact = nameof(DossierAccepted), Clock = ClockEffect.Start, ClockReason = ("Đã nhận đủ hồ sơ hợp lệ", "The complete dossier was received"), Source = "61/2018 art. 17" },
        new(Moves.Reject, "từ chối tiếp nhận", "refuse at reception", Party.Official, [Roles.Reception], [Submitted, SupplementReception], NotAccepted)
        { Requires = ["legalBasis", "reason", "after a supplement request: its deadline is over"], Form = PaperForm.Refusal, Fact = nameof(DossierNotAccepted), Source = "61/2018 art. 17" },
        new(Moves.RequestSupplement, "yêu cầu bổ sung khi tiếp nhận", "ask for completion at reception", Party.Official, [Roles.Reception], [Submitted], SupplementReception)
        { Requires = ["items", "deadline", "a second time: a supervisor's permission"], Form = PaperForm.Supplement, Fact = nameof(DossierSupplementRequested), Source = "61/2018 art. 17" },
        new(Moves.Supplement, "bổ sung hồ sơ", "complete the dossier", Party.Applicant, Applicants, [SupplementReception], Submitted)
        { Requires = ["everything asked for"], Fact = nameof(DossierSupplemented) },
        new(Moves.Forward, "chuyển hồ sơ giải quyết", "forward to the agency", Party.Official, [Roles.Reception, Roles.Chief], [Accepted], Processing)
        { Form = PaperForm.Control, Source = "61/2018 art. 18" },

        // Whose hands it is in.
        new(Moves.Assign, "phân công thụ lý", "take up or assign", Party.Official, [Roles.Officer, Roles.Approver, Roles.Chief], [Accepted], Processing)
        { Form = PaperForm.Control, Fact = nameof(DossierProcessingStarted), Source = "61/2018 art. 19.1" },
        new(Moves.Assign, "phân công thụ lý", "take up or assign", Party.Official, [Roles.Officer, Roles.Approver, Roles.Chief], InHand, null)
        { Requires = ["nobody has it"], Form = PaperForm.Control, Fact = nameof(DossierProcessingStarted), Source = "61/2018 art. 19.1" },
        new(Moves.Reassign, "bàn giao cho đồng nghiệp", "hand over to a colleague", Party.Official, [Roles.Officer, Roles.Approver, Roles.Chief], InHand, null)
        { ByCaseOfficer = true, Requires = ["officerId", "reason"], Form = PaperForm.Control, Source = "61/2018 art. 19.1" },
        new(Moves.Release, "trả lại hàng chờ của đơn vị", "give back to the unit's pool", Party.Official, [Roles.Officer, Roles.Approver, Roles.Chief], InHand, null)
        { ByCaseOfficer = true, Requires = ["reason"] },

        // Waiting for somebody.
        new(Moves.RequestSupplement, "yêu cầu bổ sung khi giải quyết", "ask for completion during handling", Party.Official, [Roles.Officer], [Processing], SupplementProcessing)
        {
            ByCaseOfficer = true, Requires = ["items", "deadline", "within 3 working days of receipt, once; else a supervisor's permission"],
            Form = PaperForm.Supplement, Fact = nameof(DossierSupplementRequested), Clock = ClockEffect.Pause,
            ClockReason = ("Chờ người nộp bổ sung hồ sơ", "Waiting for the applicant to complete the dossier"), Source = "61/2018 art. 19.4",
        },
        new(Moves.PermitSupplement, "cho phép yêu cầu bổ sung lần nữa hoặc muộn", "permit a second or late request", Party.Official, [Roles.Approver, Roles.Chief], [Submitted, Processing], null)
        { NotByCaseOfficer = true, Requires = ["reason"] },
        new(Moves.Supplement, "bổ sung hồ sơ", "complete the dossier", Party.Applicant, Applicants, [SupplementProcessing], Processing)
        { Requires = ["everything asked for"], Fact = nameof(DossierSupplemented), Clock = ClockEffect.Restart, ClockReason = ("Hồ sơ đã bổ sung đầy đủ, thời hạn tính lại từ đầu", "The dossier is complete; the limit runs anew"), Source = "61/2018 art. 19.4" },
        new(Moves.RequestOpinion, "lấy ý kiến cơ quan phối hợp", "ask another agency", Party.Official, [Roles.Officer], [Processing, WaitOpinion], WaitOpinion)
        { ByCaseOfficer = true, Requires = ["unitCode", "question", "deadline"], Form = PaperForm.Control, Source = "61/2018 art. 19.5" },
        new(Moves.AnswerOpinion, "trả lời ý kiến", "answer", Party.Agency, [Roles.Officer, Roles.Approver], [WaitOpinion], Processing)
        { MayStay = true, Requires = ["answer"], Form = PaperForm.Control, Source = "61/2018 art. 19.5" },
        new(Moves.CloseOpinion, "không chờ ý kiến nữa", "stop waiting for an answer", Party.Official, [Roles.Officer, Roles.Approver], [WaitOpinion], Processing)
        { ByCaseOfficer = true, MayStay = true, Requires = ["reason", "its deadline is over"] },
        new(Moves.RequireFee, "yêu cầu thực hiện nghĩa vụ tài chính", "demand a fee or duty", Party.Official, [Roles.Officer], [Processing], WaitPayment)
        { ByCaseOfficer = true, Requires = ["fees", "reason", "deadline"], Fact = nameof(DossierFeeDue), Clock = ClockEffect.Pause, ClockReason = ("Chờ thực hiện nghĩa vụ tài chính", "Waiting for a financial duty") },
        new(Moves.RequireFee, "yêu cầu thực hiện nghĩa vụ tài chính", "demand a fee or duty", Party.Official, [Roles.Officer], [WaitPayment], null)
        { ByCaseOfficer = true, Requires = ["fees", "reason", "deadline"], Fact = nameof(DossierFeeDue) },
        new(Moves.ReviewClaim, "xét giấy tờ miễn, giảm phí", "accept or refuse evidence of an exemption", Party.Official, [Roles.Officer], [Processing, WaitPayment], null)
        { ByCaseOfficer = true, Requires = ["a claim not reviewed yet", "with a refusal: reason, deadline of the difference"] },
        new(Moves.PayDemand, "đã thực hiện nghĩa vụ tài chính", "demand paid", Party.Platform, Platform, [WaitPayment], Processing)
        { MayStay = true, Fact = nameof(DossierFeePaid), Clock = ClockEffect.Resume, ClockReason = ("Đã hoàn thành nghĩa vụ tài chính", "The financial duty is done") },
        new(Moves.PayDemand, "nộp tiền khi hồ sơ đã đóng", "demand paid after the end", Party.Platform, Platform, [Stopped, Withdrawn], null)
        { Fact = nameof(DossierFeePaid) },
        new(Moves.RequestPayment, "có yêu cầu nộp phí, lệ phí", "payment requested", Party.Platform, Platform, [.. Filed, .. Over], null) { WhileSigning = true },
        new(Moves.Pay, "đã nộp phí, lệ phí", "fees paid", Party.Platform, Platform, [.. Filed, .. Over], null) { WhileSigning = true, Fact = nameof(DossierFeePaid) },
        new(Moves.WaiveFee, "được miễn phí, lệ phí", "fees waived", Party.Platform, Platform, [.. Filed, .. Over], null) { WhileSigning = true },
        new(Moves.LapsePayment, "yêu cầu nộp tiền hết hạn", "payment request lapsed", Party.Platform, Platform, [.. Filed, .. Over], null) { WhileSigning = true },

        // Decisions.
        new(Moves.Extend, "xin lỗi và hẹn lại", "apologise, give a new appointment", Party.Official, [Roles.Approver, Roles.Leader], [Processing, WaitOpinion], null)
        {
            NotByCaseOfficer = true, Requires = ["reason", "dueDate", "once, at least one day before it is due"], Form = PaperForm.Apology,
            Fact = nameof(DossierDeadlineExtended), Clock = ClockEffect.Extend, Source = "61/2018 art. 19.9",
        },
        new(Moves.Apologise, "xin lỗi vì quá hạn", "apologise for being late", Party.Platform, Platform, [Accepted, Processing, WaitOpinion], null)
        {
            WhileSigning = true, Requires = ["past its due date, once for each", "a new appointment only if none was given"], Form = PaperForm.Apology,
            Fact = nameof(DossierOverdue), Clock = ClockEffect.Extend, Source = "61/2018 art. 19.9",
        },
        new(Moves.MoveDue, "hạn trả kết quả đổi theo lịch làm việc", "the due date moves with the calendar", Party.Platform, Platform, [Accepted, .. InHand], null)
        { WhileSigning = true, Fact = nameof(DossierDeadlineChanged) },
        new(Moves.Approve, "phê duyệt kết quả", "approve the result", Party.Official, [Roles.Approver], [Processing], null)
        { NotByCaseOfficer = true, Requires = ["decision", "fees paid", "claims of exemption reviewed"], Fact = nameof(DossierApproved) },
        new(Moves.Refuse, "từ chối giải quyết", "refuse after appraisal", Party.Official, [Roles.Approver], [Processing], null)
        { NotByCaseOfficer = true, Requires = ["legalBasis", "reason"], Form = PaperForm.Refusal, Fact = nameof(DossierRefused), Source = "61/2018 art. 19.8" },
        new(Moves.SignByApprover, "người phê duyệt ký số", "signed by the approver", Party.Platform, Platform, [Processing, Returned], null)
        { WhileSigning = true, Requires = ["the approver's own signature is wanted"] },
        new(Moves.MissSignature, "người phê duyệt chưa ký số", "not signed by the approver", Party.Platform, Platform, [Processing, Returned], null)
        { WhileSigning = true, Requires = ["refused, expired, cancelled or not valid"] },
        new(Moves.AskSignature, "yêu cầu người phê duyệt ký số lại", "ask the approver for a signature again", Party.Official, [Roles.Approver], [Processing, Returned], null)
        { WhileSigning = true, NotByCaseOfficer = true, Requires = ["the approver's own signature is wanted and not there", "signerId: an approver of the unit"] },
        new(Moves.Resolve, "kết quả đã ký số", "result signed", Party.Platform, Platform, [Processing], Resolved)
        { WhileSigning = true, Requires = ["approve or refuse before"], Fact = nameof(DossierResultReady), Clock = ClockEffect.Stop, ClockReason = ("Đã có kết quả giải quyết", "The result is there") },
        new(Moves.Stop, "dừng giải quyết", "stop handling", Party.Official, [Roles.Approver], InHand, Stopped)
        { NotByCaseOfficer = true, WhileUnsigned = true, Requires = ["legalBasis", "reason"], Form = PaperForm.Stop, Fact = nameof(DossierStopped), Clock = ClockEffect.Stop },
        new(Moves.Withdraw, "rút hồ sơ", "withdraw", Party.Applicant, Applicants, [Submitted, SupplementReception], Withdrawn)
        { Requires = ["reason"], Fact = nameof(DossierWithdrawn) },
        new(Moves.Withdraw, "rút hồ sơ", "withdraw", Party.Applicant, Applicants, [Accepted, .. InHand, Resolved], Withdrawn)
        { WhileSigning = true, Requires = ["reason"], Fact = nameof(DossierWithdrawn), Clock = ClockEffect.Stop },

        // The result in the hands of its owner.
        new(Moves.Return, "trả kết quả", "hand the result over", Party.Official, [Roles.Reception, Roles.Officer], [Resolved], Returned)
        { Requires = ["method", "receivedBy or trackingNumber", "originals returned"], Form = PaperForm.Control, Fact = nameof(DossierReturned), Source = "61/2018 art. 20" },
        new(Moves.Receive, "tải kết quả trực tuyến", "download is receipt", Party.Platform, Platform, [Resolved], Returned)
        { Requires = ["originals returned"], Form = PaperForm.Control, Fact = nameof(DossierReturned), Source = "61/2018 art. 20" },
        new(Moves.Correct, "đính chính kết quả", "correct a wrong result", Party.Official, [Roles.Approver], [Returned], null)
        { NotByCaseOfficer = true, Requires = ["reason", "decision"], Source = "61/2018 art. 21" },
        new(Moves.ReplaceResult, "kết quả đính chính đã ký số", "corrected result signed", Party.Platform, Platform, [Returned], null)
        { WhileSigning = true, Requires = ["correct before"], Fact = nameof(DossierResultCorrected) },
        new(Moves.ReturnOriginals, "trả lại bản chính", "give originals back", Party.Official, [Roles.Reception, Roles.Officer], [Accepted, .. InHand, Resolved, Stopped, Withdrawn], null)
        { WhileSigning = true, Requires = ["originals held"], Source = "61/2018 art. 20" },
        new(Moves.Note, "ghi chú", "note", Party.Official, [Roles.Officer, Roles.Reception, Roles.Approver, Roles.Chief, Roles.Leader], Filed, null)
        { WhileSigning = true, Requires = ["text"] },

        // Units come and go while a dossier is open.
        new(Moves.Transfer, "chuyển sang đơn vị kế thừa", "pass on to the successor of its unit", Party.Platform, Platform, Filed, null) { WhileSigning = true },
        new(Moves.ChangeReceivingUnit, "đổi nơi tiếp nhận và trả kết quả", "received and handed out elsewhere", Party.Platform, Platform, Filed, null) { WhileSigning = true },
        new(Moves.AwaitUnitChoice, "chờ xác định đơn vị giải quyết", "its unit was divided: wait for a choice", Party.Platform, Platform, Filed, null) { WhileSigning = true },
        new(Moves.ChooseUnit, "xác định đơn vị giải quyết", "choose among the successors", Party.Official, [Roles.Chief], Filed, null)
        { WhileSigning = true, Requires = ["a unit that was divided", "unitCode", "reason"] },
    ];

    private static readonly FrozenDictionary<(string, string), Transition> ByStart =
        All.SelectMany(t => t.From.Select(from => KeyValuePair.Create((t.Action, from), t))).ToFrozenDictionary();

    /// <summary>The row of an action in a state; null when it is not possible there.</summary>
    public static Transition? Find(string action, string from) => ByStart.GetValueOrDefault((action, from));

    /// <summary>All rows of an action.</summary>
    public static IEnumerable<Transition> Of(string action) => All.Where(t => t.Action == action);

    /// <summary>The role in which somebody with these roles would do this in a state, or at all when the state does not allow it; null for nobody's.</summary>
    public static string? RoleFor(string action, string? from, IReadOnlySet<string> roles) =>
        (from is null ? null : Find(action, from))?.Roles.FirstOrDefault(roles.Contains)
        ?? Of(action).SelectMany(t => t.Roles).FirstOrDefault(roles.Contains);
}
