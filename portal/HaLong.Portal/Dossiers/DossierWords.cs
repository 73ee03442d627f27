using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Dossiers;

/// <summary>Codes of the API in plain words.</summary>
internal static class DossierWords
{
    public static readonly IReadOnlyList<string> States =
    [
        "DRAFT", "SUBMITTED", "SUPPLEMENT_RECEPTION", "ACCEPTED", "PROCESSING", "WAIT_OPINION", "SUPPLEMENT_PROCESSING", "WAIT_PAYMENT", "RESOLVED", "RETURNED",
        "NOT_ACCEPTED", "STOPPED", "WITHDRAWN",
    ];

    public static string State(string status) => status switch
    {
        "DRAFT" => Bilingual("Bản nháp", "Draft"),
        "SUBMITTED" => Bilingual("Đã nộp", "Submitted"),
        "SUPPLEMENT_RECEPTION" => Bilingual("Yêu cầu bổ sung khi tiếp nhận", "Supplement requested at reception"),
        "ACCEPTED" => Bilingual("Đã tiếp nhận", "Accepted"),
        "PROCESSING" => Bilingual("Đang xử lý", "Processing"),
        "WAIT_OPINION" => Bilingual("Chờ ý kiến phối hợp", "Waiting for an opinion"),
        "SUPPLEMENT_PROCESSING" => Bilingual("Yêu cầu bổ sung khi giải quyết", "Supplement requested during processing"),
        "WAIT_PAYMENT" => Bilingual("Chờ thực hiện nghĩa vụ tài chính", "Waiting for payment"),
        "RESOLVED" => Bilingual("Đã xử lý xong", "Resolved"),
        "RETURNED" => Bilingual("Đã trả kết quả", "Returned"),
        "NOT_ACCEPTED" => Bilingual("Từ chối tiếp nhận", "Not accepted"),
        "STOPPED" => Bilingual("Dừng giải quyết", "Stopped"),
        "WITHDRAWN" => Bilingual("Rút hồ sơ", "Withdrawn"),
        _ => status,
    };

    /// <summary>What a state means for who waits.</summary>
    public static string? Meaning(string status) => status switch
    {
        "SUBMITTED" => Bilingual("Bộ phận Một cửa đang kiểm tra hồ sơ. Bạn chưa cần làm gì.", "The one-stop shop checks the dossier. There is nothing for you to do yet."),
        "SUPPLEMENT_RECEPTION" or "SUPPLEMENT_PROCESSING" => Bilingual(
            "Cần bổ sung hồ sơ. Người nộp đăng nhập để xem từng nội dung còn thiếu và gửi bổ sung.",
            "Something has to be supplemented. The applicant signs in to see each point and to send what is missing."),
        "ACCEPTED" => Bilingual("Hồ sơ đã đầy đủ và đang được chuyển đến nơi giải quyết.", "The dossier is complete and on its way to who decides."),
        "PROCESSING" => Bilingual("Cơ quan chuyên môn đang giải quyết hồ sơ.", "The agency is working on the dossier."),
        "WAIT_OPINION" => Bilingual("Cơ quan giải quyết đang chờ ý kiến của cơ quan khác.", "The agency waits for the opinion of another one."),
        "WAIT_PAYMENT" => Bilingual("Hồ sơ đi tiếp khi người nộp đã nộp tiền.", "The dossier goes on once the applicant has paid."),
        "RESOLVED" => Bilingual("Đã có kết quả. Người nộp đăng nhập để tải về, hoặc đến nhận.", "The result is there. The applicant signs in to download it, or comes for it."),
        "RETURNED" => Bilingual("Kết quả đã được trả.", "The result was handed over."),
        "NOT_ACCEPTED" => Bilingual("Hồ sơ không được tiếp nhận. Lý do ở trong phiếu từ chối.", "The dossier was not accepted. The reason is in the refusal slip."),
        "STOPPED" => Bilingual("Hồ sơ đã dừng giải quyết. Lý do ở trong thông báo.", "Handling was stopped. The reason is in the notice."),
        "WITHDRAWN" => Bilingual("Người nộp đã rút hồ sơ.", "The applicant withdrew the dossier."),
        _ => null,
    };

    public static string Who(string who) => who switch
    {
        "applicant" or "payment" => Bilingual("Bạn", "You"),
        "reception" => Bilingual("Bộ phận Một cửa", "The one-stop shop"),
        "officer" => Bilingual("Cán bộ thụ lý", "The case officer"),
        "agency" => Bilingual("Cơ quan phối hợp", "Another agency"),
        "signature" or "approver" => Bilingual("Người ký kết quả", "Who signs the result"),
        "handover" => Bilingual("Nơi trả kết quả", "Who hands the result over"),
        _ => who,
    };

    public static string Warned(string level) => level switch
    {
        "applicant" => Bilingual("Nhắc bạn: sắp đến hạn", "You were reminded: the date comes near"),
        "applicantLast" => Bilingual("Nhắc bạn: đã đến hạn", "You were reminded: the date is here"),
        "supervisor" => Bilingual("Báo lãnh đạo: quá thời hạn của bước này", "Supervisors were told: this step takes too long"),
        "citizen" => Bilingual("Báo bạn: bước này vẫn chưa xong", "You were told: this step is still not done"),
        "extension" => Bilingual("Nhắc cơ quan: sắp đến hạn trả kết quả", "The agency was reminded: the result will soon be due"),
        _ => Bilingual("Nhắc cán bộ: sắp đến hạn của bước này", "The officer was reminded: the date of this step comes near"),
    };

    public static string Form(string kind) => kind switch
    {
        "RECEIPT" => Bilingual("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt with the appointment"),
        "SUPPLEMENT" => Bilingual("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to complete the dossier"),
        "REFUSAL" => Bilingual("Phiếu từ chối", "Refusal"),
        "APOLOGY" => Bilingual("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "Apology with a new appointment"),
        "STOP" => Bilingual("Thông báo dừng giải quyết", "Notice that handling was stopped"),
        _ => kind,
    };

    public static string Channel(string channel) => channel switch
    {
        "inApp" => Bilingual("Hộp thư trên cổng", "Inbox of the portal"),
        "email" => Bilingual("Thư điện tử", "E-mail"),
        "sms" => Bilingual("Tin nhắn SMS", "SMS"),
        "zalo" => "Zalo",
        "push" => Bilingual("Thông báo trên thiết bị", "Push to a device"),
        _ => channel,
    };

    public static string Delivery(string state) => state switch
    {
        "pending" => Bilingual("đang chờ gửi", "waiting to be sent"),
        "sent" => Bilingual("đã gửi", "sent"),
        "delivered" => Bilingual("đã đến nơi", "delivered"),
        "failed" => Bilingual("không gửi được", "failed"),
        "expired" => Bilingual("quá hạn gửi", "too late to be sent"),
        "cancelled" => Bilingual("không gửi nữa", "not sent any more"),
        _ => state,
    };
}
