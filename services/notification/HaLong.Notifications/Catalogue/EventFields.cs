namespace HaLong.Notifications.Catalogue;

/// <summary>What a field of an event's data means; the same name means the same in every type.</summary>
/// <param name="Vi">The meaning in Vietnamese.</param>
/// <param name="En">The meaning in English.</param>
/// <param name="Example">A value as it could be.</param>
/// <param name="Pattern">Regular expression that every value fits.</param>
/// <param name="Minimum">The least value of a number.</param>
internal sealed record EventField(string Vi, string En, string? Example = null, string? Pattern = null, long? Minimum = null)
{
    /// <summary>All fields by their names in JSON. A field without a line here stops the tests.</summary>
    public static readonly IReadOnlyDictionary<string, EventField> All = new Dictionary<string, EventField>(StringComparer.Ordinal)
    {
        ["dossierId"] = new("Mã định danh hồ sơ; bằng subject.", "Id of the dossier; the same as subject."),
        ["code"] = new("Mã số hồ sơ.", "Code of the dossier (mã số hồ sơ), as it is printed on its papers.", "000.00.01.H49-261123-0042"),
        ["procedureCode"] = new("Mã thủ tục hành chính.", "Code of the procedure in the national catalogue.", "1.013978"),
        ["unitCode"] = new("Mã đơn vị có thẩm quyền.", "Code of the administrative unit that is competent.", "06658"),
        ["channel"] = new("Kênh nộp: online, counter, post, assisted.", "How it was filed: online, counter, post, assisted.", "online"),
        ["fieldCode"] = new("Mã lĩnh vực của thủ tục.", "Code of the procedure's field (lĩnh vực); absent where it was not told.", "LAND"),
        ["paymentId"] = new("Mã định danh khoản thanh toán.", "Id of the payment."),
        ["amount"] = new("Số tiền, đồng.", "Amount in đồng.", Minimum: 0),
        ["dueAt"] = new("Hạn trả kết quả, UTC.", "When the result is due now, UTC; absent where there is no date."),
        ["previousDueAt"] = new("Hạn trả kết quả trước đó, UTC.", "When the result was due before, UTC."),
        ["cause"] = new("Lý do dời hạn: calendar.", "Why the date moved: calendar.", "calendar"),
        ["resultDocumentId"] = new("Mã định danh tài liệu kết quả.", "Id of the result document."),
        ["resultSha256"] = new("SHA-256 của tệp kết quả, thập lục phân.", "SHA-256 of the result's file, hexadecimal.", Pattern: "^[0-9a-f]{64}$"),
        ["replacedDocumentId"] = new("Mã định danh tài liệu bị thay thế.", "Id of the document that was replaced."),
        ["stage"] = new("Giai đoạn: RECEPTION, PROCESSING.", "Where it was asked for: RECEPTION, PROCESSING.", "PROCESSING"),
        ["number"] = new("Lần thứ mấy, từ 1.", "Which one of its kind in the dossier, from 1.", Minimum: 1),
        ["items"] = new("Số nội dung cần bổ sung.", "How many things are asked for.", Minimum: 0),
        ["deadline"] = new("Hạn cuối của người nộp, UTC.", "Until when the applicant has time, UTC."),
        ["fromStatus"] = new("Trạng thái khi rút.", "State in which it was withdrawn.", "PROCESSING"),
        ["demandId"] = new("Mã định danh yêu cầu tài chính.", "Id of the demand for money."),
        ["reason"] = new("Lý do: OVERDUE.", "Why, as a stable code: OVERDUE.", "OVERDUE"),
    };
}
