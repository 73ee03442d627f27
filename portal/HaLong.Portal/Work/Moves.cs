namespace HaLong.Portal.Work;

/// <summary>An input of a move.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Kind">text, area, date, number, check, method, or unit.</param>
public sealed record MoveField(string Name, string Kind, string Vi, string En)
{
    public string? HintVi { get; init; }
    public string? HintEn { get; init; }
}

/// <summary>Something that an official can do to a dossier, with what it needs.</summary>
/// <param name="Key">Of its form.</param>
/// <param name="Action">As the API names it among what is possible.</param>
/// <param name="Path">Below the dossier.</param>
public sealed record Move(string Key, string Action, string Path, string Vi, string En, params IReadOnlyList<MoveField> Fields)
{
    /// <summary>Where something beyond role and state is known to be missing.</summary>
    public Func<Case, bool> Applies { get; init; } = _ => true;

    /// <summary>It cannot be taken back.</summary>
    public bool IsFinal { get; init; }

    /// <summary>It has a form of its own.</summary>
    public bool IsSpecial { get; init; }
}

/// <summary>Every move of the lifecycle that officials make. Which are open the API says; whether one succeeds, too.</summary>
internal static class Moves
{
    private static readonly MoveField
        Reason = new("reason", "area", "Lý do", "Reason"),
        Basis = new("legalBasis", "area", "Căn cứ pháp lý (điều, khoản, văn bản)", "Legal basis (article, clause, text)"),
        Sign = new("sign", "check", "Tôi tự ký số trước khi đơn vị đóng dấu số", "I sign it myself before the unit seals it"),
        Decision = new("decision", "area", "Nội dung quyết định, in trên kết quả", "The decision, printed in the result"),
        Officer = new("officerId", "text", "Mã tài khoản của cán bộ", "Account id of the officer")
        {
            HintVi = "Mỗi cán bộ thấy mã của mình ở trang Vắng mặt, làm thay.",
            HintEn = "Officers see theirs on the page Absences.",
        };

    public static readonly IReadOnlyList<Move> All =
    [
        new("accept", "accept", "acceptance", "Tiếp nhận và hẹn trả kết quả", "Accept, give an appointment",
            new MoveField("originals", "number", "Số bản chính giữ lại", "Originals that are kept") { HintVi = "Để trống nếu không giữ.", HintEn = "Leave empty if none." }),
        new("supplement", "requestSupplement", "supplement-requests", "Yêu cầu bổ sung, một danh sách đầy đủ", "Ask for completion, one complete list") { IsSpecial = true },
        new("permitSupplement", "permitSupplement", "supplement-permission", "Cho phép yêu cầu bổ sung lần nữa hoặc muộn", "Permit another or late request", Reason),
        new("reject", "reject", "refusal", "Từ chối tiếp nhận", "Refuse to accept", Basis, Reason) { IsFinal = true },
        new("forward", "forward", "forwarding", "Chuyển hồ sơ giải quyết", "Forward", new MoveField("note", "area", "Ghi chú cho phiếu kiểm soát", "Note for the control slip")),
        new("takeUp", "assign", "assignment", "Nhận thụ lý", "Take it up") { Applies = c => c.OfficerId is null },
        new("assign", "assign", "assignment", "Phân công cán bộ thụ lý", "Assign an officer", Officer) { Applies = c => c.OfficerId is null },
        new("reassign", "reassign", "assignment", "Bàn giao cho đồng nghiệp", "Hand over to a colleague", Officer, Reason) { Applies = c => c.OfficerId is not null },
        new("release", "release", "release", "Trả lại hàng chờ của đơn vị", "Give back to the unit’s pool", Reason) { Applies = c => c.OfficerId is not null },
        new("opinion", "requestOpinion", "opinions", "Lấy ý kiến cơ quan phối hợp", "Ask another agency",
            new MoveField("unitCode", "unit", "Cơ quan được hỏi", "Which unit"), new MoveField("question", "area", "Nội dung cần ý kiến", "Question"),
            new MoveField("deadline", "date", "Trả lời trước hết ngày (trống: 10 ngày)", "Answer by (empty: ten days)")),
        new("closeOpinion", "closeOpinion", "opinions/{target}/closure", "Không chờ ý kiến nữa", "Stop waiting for an opinion", Reason) { IsSpecial = true },
        new("fee", "requireFee", "fee-request", "Yêu cầu thực hiện nghĩa vụ tài chính", "Demand a fee or duty") { IsSpecial = true },
        new("claim", "reviewClaim", "fee-claims/{target}/review", "Xét giấy tờ miễn, giảm phí", "Review the proof of an exemption") { IsSpecial = true },
        new("propose", "note", "notes", "Trình phê duyệt: ghi đề xuất cho người phê duyệt", "Propose: a note for the approver",
            new MoveField("text", "area", "Đề xuất và căn cứ", "Proposal and grounds")) { Applies = c => c is { Status: "PROCESSING", Approval: null, OfficerId: not null } },
        new("extend", "extend", "extension", "Xin lỗi và hẹn lại ngày trả kết quả", "Apologise, give a new appointment",
            new MoveField("dueDate", "date", "Ngày hẹn mới (ngày làm việc)", "New day (a working day)"), Reason with { Vi = "Lý do, in trong thư xin lỗi", En = "Reason, printed in the letter" }),
        new("approve", "approve", "approval", "Phê duyệt kết quả", "Approve", Decision, Sign),
        new("refuse", "refuse", "refusal", "Từ chối giải quyết", "Refuse after appraisal", Basis, Reason, Sign) { IsFinal = true },
        new("askSignature", "askSignature", "result-signature", "Yêu cầu tôi ký số lại kết quả", "Ask me again for the signature",
            Decision with { Vi = "Quyết định thay thế (trống: giữ như cũ)", En = "Another decision (empty: as it was)" }) { Applies = c => c.Lifecycle?.Signature is { State: not "signed" } },
        new("stop", "stop", "stop", "Dừng giải quyết", "Stop the handling", Basis, Reason) { IsFinal = true },
        new("return", "return", "return", "Trả kết quả", "Hand the result over",
            new MoveField("method", "method", "Cách trả", "How"), new MoveField("receivedBy", "text", "Người nhận (trống: chủ hồ sơ)", "Received by (empty: the owner)"),
            new MoveField("idCheck", "text", "Đã kiểm tra giấy tờ gì (không ghi số)", "How the identity was checked (no numbers)"),
            new MoveField("carrier", "text", "Đơn vị bưu chính", "Carrier"), new MoveField("trackingNumber", "text", "Mã bưu gửi", "Tracking number"),
            new MoveField("originalsReturned", "check", "Đã trả lại các bản chính đang giữ", "The originals were given back")) { IsFinal = true },
        new("returnOriginals", "returnOriginals", "originals-return", "Trả lại bản chính", "Give the originals back") { Applies = c => c.Lifecycle?.OriginalsHeld > 0 },
        new("correct", "correct", "result", "Đính chính kết quả đã trả", "Correct the returned result", Decision, Reason with { Vi = "Sai sót cần đính chính", En = "What was wrong" }, Sign),
        new("chooseUnit", "chooseUnit", "competent-unit", "Xác định đơn vị giải quyết", "Choose the competent unit", new MoveField("unitCode", "unit", "Đơn vị giải quyết", "Competent unit"), Reason)
            { Applies = c => c.AwaitsUnit },
        new("note", "note", "notes", "Ghi chú", "Write a note", new MoveField("text", "area", "Nội dung", "Text"),
            new MoveField("visible", "check", "Người nộp được xem ghi chú này", "The applicant sees it")),
    ];

    /// <summary>What the unit that takes a dossier in for another one does to it, as the API names it.</summary>
    public static readonly IReadOnlyList<string> AtReception = ["accept", "requestSupplement", "forward", "return", "returnOriginals", "note"];

    public static Move? Find(string? key) => All.FirstOrDefault(m => m.Key == key);

    /// <summary>The moves that are open to the caller now. Before a unit is chosen there is nothing else to do.</summary>
    public static IEnumerable<Move> Open(Case dossier) =>
        All.Where(m => dossier.Possible.Contains(m.Action) && m.Applies(dossier) && (!dossier.AwaitsUnit || m.Key == "chooseUnit"));

    public static bool NeedUnits(Case dossier) => Open(dossier).Any(m => m.Fields.Any(f => f.Kind == "unit"));
}
