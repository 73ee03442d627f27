using HaLong.ServiceDefaults;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Signing;

/// <summary>Words for certificates, as their owners read them.</summary>
internal static class CredentialWords
{
    public static (string Words, string Color) State(Credential c) => c switch
    {
        { WaitsForPin: true } => (Bilingual("Chờ bạn chọn mã PIN", "Waits for your PIN"), "warning"),
        { State: "requested" } => (Bilingual("Chờ phê duyệt", "Waits for approval"), "warning"),
        { State: "active" } => (Bilingual("Đang hiệu lực", "Valid"), "good"),
        { State: "suspended" } => (Bilingual("Tạm dừng", "Suspended"), "warning"),
        { State: "revoked" } => (Bilingual("Đã thu hồi", "Revoked"), "danger"),
        { State: "superseded" } => (Bilingual("Đã được thay thế", "Replaced"), "neutral"),
        _ => (Bilingual("Đã hết hạn", "Ended"), "neutral"),
    };

    public static string Move(string move) => move switch
    {
        "requested" => Bilingual("Yêu cầu cấp", "Asked for"),
        "approved" => Bilingual("Được phê duyệt", "Approved"),
        "issued" => Bilingual("Được cấp", "Issued"),
        "pinChanged" => Bilingual("Đổi mã PIN", "PIN changed"),
        "suspended" => Bilingual("Tạm dừng", "Suspended"),
        "resumed" => Bilingual("Dùng trở lại", "In use again"),
        "revoked" => Bilingual("Thu hồi", "Revoked"),
        "superseded" => Bilingual("Được thay thế", "Replaced"),
        "expired" => Bilingual("Hết hạn", "Ended"),
        "endWarned" => Bilingual("Đã nhắc sắp hết hạn", "Reminded of its end"),
        "used" => Bilingual("Đã dùng để ký", "Signed with"),
        _ => move,
    };

    public static string Role(string role) => role switch
    {
        Roles.Reception => Bilingual("Cán bộ tiếp nhận", "Reception officer"),
        Roles.Officer => Bilingual("Chuyên viên thụ lý", "Case officer"),
        Roles.Approver => Bilingual("Lãnh đạo phê duyệt", "Approver"),
        Roles.Cashier => Bilingual("Thủ quỹ", "Cashier"),
        Roles.Chief => Bilingual("Người đứng đầu Bộ phận Một cửa", "Chief of the one-stop unit"),
        Roles.Leader => Bilingual("Lãnh đạo", "Leader"),
        Roles.Auditor => Bilingual("Kiểm tra, thanh tra", "Auditor"),
        Roles.Administrator => Bilingual("Quản trị", "Administrator"),
        _ => role,
    };
}
