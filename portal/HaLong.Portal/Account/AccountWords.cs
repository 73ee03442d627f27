using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Account;

/// <summary>Codes of the API in plain words.</summary>
internal static class AccountWords
{
    /// <summary>What a delegate may do, in the order of a filing.</summary>
    public static readonly IReadOnlyList<string> Acts = ["dossier.read", "dossier.fill", "dossier.scan", "dossier.submit", "payment.pay", "result.read"];

    public static string Act(string act) => act switch
    {
        "dossier.read" => Bilingual("Xem hồ sơ", "See dossiers"),
        "dossier.fill" => Bilingual("Điền tờ khai", "Fill in forms"),
        "dossier.scan" => Bilingual("Tải giấy tờ lên", "Upload papers"),
        "dossier.submit" => Bilingual("Nộp, bổ sung, rút hồ sơ", "File, complete and withdraw dossiers"),
        "payment.pay" => Bilingual("Nộp phí, lệ phí", "Pay fees"),
        "account.open" => Bilingual("Mở tài khoản", "Open the account"),
        "result.read" => Bilingual("Nhận kết quả", "Get results"),
        _ => act,
    };

    public static string Role(string role) => role switch
    {
        "reception" => Bilingual("Bộ phận Một cửa", "One-stop shop"),
        "officer" => Bilingual("Cán bộ thụ lý", "Case officer"),
        "approver" => Bilingual("Người phê duyệt", "Approver"),
        "cashier" => Bilingual("Thu ngân", "Cashier"),
        "chief" => Bilingual("Trưởng bộ phận", "Chief"),
        "leader" => Bilingual("Lãnh đạo", "Leader"),
        "auditor" => Bilingual("Thanh tra, kiểm tra", "Auditor"),
        "administrator" => Bilingual("Quản trị", "Administrator"),
        "helper" => Bilingual("Người hỗ trợ", "Helper"),
        "citizen" or "delegate" => Bilingual("Người được ủy quyền", "Delegate"),
        _ => role,
    };

    public static string DelegationState(string state, bool active) => state switch
    {
        "offered" => Bilingual("Chờ trả lời", "Waits for an answer"),
        "accepted" => active ? Bilingual("Đang có hiệu lực", "In force") : Bilingual("Chưa đến ngày", "Not yet"),
        "declined" => Bilingual("Đã từ chối", "Declined"),
        "revoked" => Bilingual("Đã chấm dứt", "Ended"),
        "expired" => Bilingual("Hết hạn", "Expired"),
        _ => state,
    };

    public static string AssistedState(string state) => state switch
    {
        "awaitingConsent" => Bilingual("Chờ bạn đồng ý", "Waits for your consent"),
        "awaitingWitness" => Bilingual("Chờ người làm chứng", "Waits for a witness"),
        "active" => Bilingual("Đang mở", "Open"),
        "ended" => Bilingual("Đã kết thúc", "Ended"),
        "revoked" => Bilingual("Bạn đã thu hồi", "Revoked by you"),
        "expired" => Bilingual("Hết giờ", "Lapsed"),
        _ => state,
    };

    public static string ConsentState(string state) => state switch
    {
        "given" => Bilingual("Đã đồng ý", "Given"),
        "outdated" => Bilingual("Văn bản đã đổi", "The text has changed"),
        "withdrawn" => Bilingual("Đã rút lại", "Withdrawn"),
        "none" => Bilingual("Chưa đồng ý", "Not given"),
        "notNeeded" => Bilingual("Theo luật, không cần đồng ý", "By law, needs no consent"),
        _ => state,
    };

    public static string RequestKind(string kind) => kind switch
    {
        "access" => Bilingual("Bản sao dữ liệu", "A copy of the data"),
        "correct" => Bilingual("Sửa dữ liệu", "Correction"),
        "restrict" => Bilingual("Hạn chế xử lý", "Restriction"),
        "object" => Bilingual("Phản đối việc xử lý", "Objection"),
        "delete" => Bilingual("Xóa dữ liệu", "Deletion"),
        _ => kind,
    };

    public static string RequestState(string state) => state switch
    {
        "received" => Bilingual("Đã nhận", "Received"),
        "acknowledged" => Bilingual("Đã xác nhận", "Acknowledged"),
        "inProgress" => Bilingual("Đang giải quyết", "Being dealt with"),
        "completed" => Bilingual("Đã xong", "Done"),
        "refused" => Bilingual("Bị từ chối", "Refused"),
        _ => state,
    };

    public static string Method(string method) => method switch
    {
        "pwd" => Bilingual("mật khẩu", "password"),
        "otp" => Bilingual("mã xác thực", "code"),
        "hwk" or "swk" or "user" or "pop" => Bilingual("khóa truy cập", "passkey"),
        "fed" or "ext" => Bilingual("tài khoản liên kết", "another provider"),
        _ => method,
    };
}
