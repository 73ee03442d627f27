using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>Refusals about credentials of persons: requesting, approving, suspending, revoking.</summary>
internal static class CredentialErrors
{
    /// <summary>There is no such credential, or it is not the caller's to see.</summary>
    public static readonly Error NotFound = new(
        ErrorKind.NotFound, "SIG-0201", "Không tìm thấy chứng thư số cá nhân này.", "There is no such personal credential.");

    /// <summary>A field of a request for a credential is missing or wrong.</summary>
    public static readonly Error InvalidRequest = new(
        ErrorKind.Validation, "SIG-0202", "Yêu cầu cấp chứng thư số thiếu thông tin hoặc không hợp lệ.",
            "The request for a credential is incomplete or not valid.");

    /// <summary>Only a natural person with an open account signs.</summary>
    public static readonly Error PersonsOnly = new(
        ErrorKind.Forbidden, "SIG-0203", "Chỉ cá nhân có tài khoản đang hoạt động mới được cấp chứng thư số cá nhân.",
            "Only a person with an open account can have a personal credential.");

    /// <summary>A credential for a year needs a verified identity (level 2).</summary>
    public static readonly Error AssuranceTooLow = new(
        ErrorKind.Forbidden, "SIG-0204", "Cần xác minh danh tính tại Bộ phận Một cửa hoặc qua định danh quốc gia trước khi xin cấp chứng thư số.",
            "Your identity has to be verified, at a one-stop office or by the national identity provider, before you can have this credential.");

    /// <summary>One credential of a kind at a time.</summary>
    public static readonly Error AlreadyThere = new(
        ErrorKind.AlreadyExists, "SIG-0205", "Bạn đã có chứng thư số hoặc yêu cầu cấp chứng thư số loại này.",
            "You have such a credential already, or have asked for one.");

    /// <summary>It waits for the second person (an officer's), or for its PIN.</summary>
    public static readonly Error NotReady = new(
        ErrorKind.Conflict, "SIG-0206", "Chứng thư số chưa sẵn sàng: còn chờ phê duyệt hoặc chờ chọn mã PIN.",
            "The credential is not ready: it waits for approval, or for its PIN.");

    /// <summary>Who asks for a credential does not approve it himself.</summary>
    public static readonly Error SamePerson = new(
        ErrorKind.Forbidden, "SIG-0207", "Người yêu cầu không được tự phê duyệt; cần người thứ hai.",
            "Who asked for it may not approve it: a second person must.");

    /// <summary>Only leaders and administrators of the unit, and administrators of the province.</summary>
    public static readonly Error NotManager = new(
        ErrorKind.Forbidden, "SIG-0208", "Chỉ lãnh đạo và quản trị của đơn vị mới quản lý chứng thư số của cán bộ.",
            "Only leaders and administrators of the unit manage the credentials of its officers.");

    /// <summary>Suspended: nothing is signed for now.</summary>
    public static readonly Error Suspended = new(
        ErrorKind.Conflict, "SIG-0209", "Chứng thư số đang bị tạm dừng.", "The credential is suspended.");

    /// <summary>Revoked, expired or replaced.</summary>
    public static readonly Error Ended = new(
        ErrorKind.Conflict, "SIG-0210", "Chứng thư số đã hết hiệu lực, bị thu hồi hoặc đã được thay thế.",
            "The credential has expired, was revoked or was replaced.");

    /// <summary>Only a suspended credential comes back.</summary>
    public static readonly Error NotSuspended = new(
        ErrorKind.Conflict, "SIG-0211", "Chứng thư số không bị tạm dừng.", "The credential is not suspended.");

    /// <summary>A manager's suspension is ended by another manager, the owner's own by the owner.</summary>
    public static readonly Error NotYoursToResume = new(
        ErrorKind.Forbidden, "SIG-0212", "Chứng thư số do người quản lý tạm dừng phải do người quản lý khác khôi phục; do chủ tạm dừng thì chủ khôi phục.",
            "What a manager suspended another manager brings back; what the owner suspended, the owner.");

    /// <summary>Renewal begins 30 days before the end.</summary>
    public static readonly Error TooEarly = new(
        ErrorKind.Conflict, "SIG-0213", "Chưa đến thời hạn gia hạn (30 ngày trước khi hết hạn).",
            "It is too early to renew: 30 days before the end.");

    /// <summary>The reason or remark of a change is missing or wrong.</summary>
    public static readonly Error InvalidChange = new(
        ErrorKind.Validation, "SIG-0214", "Yêu cầu thay đổi chứng thư số thiếu lý do hoặc không hợp lệ.",
            "The change of the credential lacks a reason or is not valid.");

    /// <summary>The person does not hold this role in this unit today.</summary>
    public static readonly Error NotAnOfficer = new(
        ErrorKind.Forbidden, "SIG-0215", "Bạn không giữ vai trò này tại đơn vị.", "You do not hold this role in the unit.");

    /// <summary>Nothing waits for approval.</summary>
    public static readonly Error NotRequested = new(
        ErrorKind.Conflict, "SIG-0216", "Không có yêu cầu nào đang chờ phê duyệt.", "There is no request that waits for approval.");

    /// <summary>Identity, which knows the person and sends the codes, does not answer.</summary>
    public static readonly Error IdentityAway = new(
        ErrorKind.Unavailable, "SIG-0217", "Chưa kiểm tra được tài khoản hoặc chưa gửi được mã. Hãy thử lại sau.",
            "The account cannot be looked up, or no code be sent, at the moment. Try again later.")
    { RetryAfterSeconds = 5 };

    /// <summary>So many one-time credentials an hour and account.</summary>
    public static readonly Error TooManyOneTime = new(
        ErrorKind.TooMany, "SIG-0219", "Bạn đã xin quá nhiều chứng thư số dùng một lần. Hãy thử lại sau.",
            "Too many one-time credentials were asked for. Try again later.")
    { RetryAfterSeconds = 600 };
}
