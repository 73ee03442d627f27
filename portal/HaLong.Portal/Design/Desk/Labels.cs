using System.Collections.Frozen;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Design.Desk;

/// <summary>Words for what the API says in codes. What is not known is shown as it is.</summary>
internal static class Labels
{
    private static readonly FrozenDictionary<string, (string Vi, string En, string Color)> States = new Dictionary<string, (string, string, string)>
    {
        ["draft"] = ("Bản nháp", "Draft", "neutral"),
        ["review"] = ("Chờ thẩm định", "In review", "warning"),
        ["inReview"] = ("Chờ duyệt", "In review", "warning"),
        ["approved"] = ("Đã duyệt", "Approved", "info"),
        ["published"] = ("Đã công bố", "Published", "success"),
        ["withdrawn"] = ("Đã rút", "Withdrawn", "neutral"),
        ["retired"] = ("Ngừng dùng", "Retired", "neutral"),
        ["pending"] = ("Đang chờ", "Pending", "warning"),
        ["confirmed"] = ("Đã xác nhận", "Confirmed", "success"),
        ["refused"] = ("Bị từ chối", "Refused", "danger"),
        ["expired"] = ("Hết hạn", "Expired", "neutral"),
        ["applied"] = ("Đã áp dụng", "Applied", "success"),
        ["discarded"] = ("Đã bỏ", "Discarded", "neutral"),
        ["proposed"] = ("Chờ phê duyệt", "Proposed", "warning"),
        ["rejected"] = ("Bị bác", "Rejected", "danger"),
        ["executed"] = ("Đã tiêu hủy", "Carried out", "neutral"),
        ["destroyed"] = ("Đã tiêu hủy", "Destroyed", "neutral"),
        ["held"] = ("Giữ lại", "Held", "warning"),
        ["released"] = ("Đưa ra khỏi danh mục", "Released", "neutral"),
        ["gone"] = ("Đã tiêu hủy trước đó", "Destroyed before", "neutral"),
        ["removed"] = ("Đã gỡ", "Removed", "neutral"),
        ["missing"] = ("Chưa có", "Missing", "danger"),
        ["enabled"] = ("Bật", "Enabled", "success"),
        ["disabled"] = ("Tắt", "Disabled", "danger"),
        ["preferred"] = ("Ưu tiên", "Preferred", "info"),
        ["failed"] = ("Không thành công", "Failed", "danger"),
        ["cancelled"] = ("Không cần gửi", "Cancelled", "neutral"),
        ["active"] = ("Đang hoạt động", "Active", "success"),
        ["paused"] = ("Tạm dừng", "Paused", "warning"),
        ["failing"] = ("Không gửi được", "Failing", "danger"),
        ["suspended"] = ("Bị đình chỉ", "Suspended", "danger"),
        ["revoked"] = ("Đã thu hồi", "Revoked", "danger"),
        ["valid"] = ("Còn hiệu lực", "Valid", "success"),
        ["delivered"] = ("Đã nhận", "Delivered", "success"),
        ["dead"] = ("Bỏ cuộc", "Given up", "danger"),
        ["future"] = ("Sắp có hiệu lực", "Future", "info"),
        ["inForce"] = ("Đang có hiệu lực", "In force", "success"),
        ["past"] = ("Hết hiệu lực", "Past", "neutral"),
        ["replaced"] = ("Đã bị thay", "Replaced", "neutral"),
        ["received"] = ("Mới nhận", "Received", "warning"),
        ["acknowledged"] = ("Đã báo nhận", "Acknowledged", "info"),
        ["inProgress"] = ("Đang thực hiện", "In progress", "info"),
        ["completed"] = ("Đã thực hiện", "Completed", "success"),
        ["current"] = ("Đang dùng", "Current", "success"),
        ["superseded"] = ("Đã thay", "Superseded", "neutral"),
        ["requested"] = ("Đã yêu cầu", "Requested", "warning"),
        ["running"] = ("Đang chạy", "Running", "info"),
        ["done"] = ("Xong", "Done", "success"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string Vi, string En)> Names = new Dictionary<string, (string, string)>
    {
        [Roles.Reception] = ("Tiếp nhận", "Reception"),
        [Roles.Officer] = ("Thụ lý", "Case officer"),
        [Roles.Approver] = ("Phê duyệt", "Approver"),
        [Roles.Cashier] = ("Thu phí", "Cashier"),
        [Roles.Chief] = ("Phụ trách một cửa", "Chief of the one-stop unit"),
        [Roles.Leader] = ("Lãnh đạo", "Leader"),
        [Roles.Auditor] = ("Kiểm tra, thanh tra", "Auditor"),
        [Roles.Administrator] = ("Quản trị", "Administrator"),
        [Roles.Helper] = ("Hỗ trợ nộp hồ sơ", "Helper"),
        ["official"] = ("Cán bộ, công chức", "Official"),
        ["postOffice"] = ("Bưu điện", "Post office"),
        ["communeOneStop"] = ("Một cửa cấp xã", "Commune one-stop"),
        ["communeCentre"] = ("Trung tâm phục vụ hành chính công cấp xã", "Commune centre"),
        ["cityCentre"] = ("Trung tâm hành chính công thành phố", "City centre"),
        ["provincialCentre"] = ("Trung tâm phục vụ hành chính công tỉnh", "Provincial centre"),
        ["landRegistryBranch"] = ("Chi nhánh Văn phòng đăng ký đất đai", "Land registry branch"),
        ["youthUnion"] = ("Đoàn Thanh niên", "Youth union"),
        ["province"] = ("Tỉnh, thành phố", "Province"),
        ["district"] = ("Cấp huyện (đến 30/6/2025)", "District (until 30 June 2025)"),
        ["commune"] = ("Cấp xã", "Commune"),
        ["school"] = ("Cơ sở giáo dục", "School"),
        ["city"] = ("Thành phố", "City"),
        ["town"] = ("Thị xã", "Town"),
        ["township"] = ("Thị trấn", "Township"),
        ["ward"] = ("Phường", "Ward"),
        ["specialZone"] = ("Đặc khu", "Special zone"),
        ["merge"] = ("Sáp nhập", "Merge"),
        ["split"] = ("Chia tách", "Split"),
        ["rename"] = ("Đổi tên", "Rename"),
        ["recode"] = ("Đổi mã", "New code"),
        ["transfer"] = ("Chuyển giao", "Transfer"),
        ["HOLIDAY"] = ("Nghỉ lễ", "Holiday"),
        ["COMPENSATION"] = ("Nghỉ bù", "Day in lieu"),
        ["SWAP_OFF"] = ("Nghỉ hoán đổi", "Swapped off"),
        ["SWAP_WORK"] = ("Làm bù", "Swapped working day"),
        ["urgent"] = ("Khẩn", "Urgent"),
        ["status"] = ("Trạng thái", "Status"),
        ["reminder"] = ("Nhắc", "Reminder"),
        ["optional"] = ("Tùy chọn", "Optional"),
        ["email"] = ("Thư điện tử", "E-mail"),
        ["push"] = ("Thông báo đẩy", "Push"),
        ["sms"] = ("Tin nhắn SMS", "SMS"),
        ["zalo"] = ("Zalo", "Zalo"),
        ["agency"] = ("Cơ quan khác", "Another agency"),
        ["payment"] = ("Người nộp (phí, lệ phí)", "Applicant (fees)"),
        ["signature"] = ("Người ký", "Signer"),
        ["handover"] = ("Trả kết quả", "Handing over"),
        ["applicant"] = ("Người nộp", "Applicant"),
        ["access"] = ("Xem dữ liệu của mình", "Access"),
        ["correct"] = ("Sửa dữ liệu", "Correction"),
        ["restrict"] = ("Hạn chế xử lý", "Restriction"),
        ["object"] = ("Phản đối xử lý", "Objection"),
        ["delete"] = ("Xóa dữ liệu", "Deletion"),
        ["missing"] = ("Ở đây chưa có", "Missing here"),
        ["extra"] = ("Quốc gia không có", "Not in the national one"),
        ["abolished"] = ("Đã bãi bỏ", "Abolished"),
        ["name"] = ("Khác tên", "Another name"),
        ["field"] = ("Khác lĩnh vực", "Another field"),
        ["public"] = ("Công khai (trình duyệt, di động)", "Public (browser, mobile)"),
        ["confidential"] = ("Bảo mật (máy chủ)", "Confidential (server)"),
        ["secret"] = ("Mã bí mật", "Secret"),
        ["privateKeyJwt"] = ("Khóa riêng (JWT)", "Private key (JWT)"),
        ["authorizationCode"] = ("Người dùng đăng nhập", "People sign in"),
        ["clientCredentials"] = ("Hệ thống tự gọi", "It acts by itself"),
    }.ToFrozenDictionary();

    /// <summary>A state as a tag.</summary>
    public static Cell State(string? state) => state is null ? "" : States.TryGetValue(state, out var s) ? new Cell(Text.Bilingual(s.Vi, s.En), null, s.Color)
        : new Cell(state, null, "neutral");

    /// <summary>The name of a code.</summary>
    public static string Name(string? code) => code is null ? "" : Names.TryGetValue(code, out var n) ? Text.Bilingual(n.Vi, n.En) : code;

    /// <summary>Codes with their names, to choose from.</summary>
    public static IReadOnlyList<Choice> Choices(params IEnumerable<string> codes) => [.. codes.Select(c => new Choice(c, Name(c)))];

    public static string YesNo(bool yes) => yes ? Text.Bilingual("Có", "Yes") : Text.Bilingual("Không", "No");
}
