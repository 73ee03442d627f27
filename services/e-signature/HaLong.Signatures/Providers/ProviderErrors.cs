using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Providers;

/// <summary>Refusals around providers of signatures outside this service.</summary>
internal static class ProviderErrors
{
    /// <summary>No provider of that name is configured, or people are not linked with it.</summary>
    public static readonly Error UnknownProvider = new(
        ErrorKind.NotFound, "SIG-0401", "Không có nhà cung cấp chữ ký số này.", "There is no such signature provider.");

    /// <summary>The provider does not answer; nothing was signed.</summary>
    public static readonly Error Unavailable = new(
        ErrorKind.Unavailable, "SIG-0402", "Nhà cung cấp chữ ký số chưa phản hồi. Chưa có gì được ký; hãy thử lại sau.",
            "The signature provider does not answer. Nothing was signed; try again later.")
    { RetryAfterSeconds = 30 };

    /// <summary>What the person is called at the provider is missing or wrong.</summary>
    public static readonly Error InvalidUser = new(
        ErrorKind.Validation, "SIG-0403", "Mã người dùng tại nhà cung cấp chữ ký số không hợp lệ.", "The user id at the signature provider is not valid.");

    /// <summary>The person has not said what the provider calls him.</summary>
    public static readonly Error NotLinked = new(
        ErrorKind.NotFound, "SIG-0404", "Bạn chưa liên kết tài khoản với nhà cung cấp chữ ký số này.", "You have not linked your account with this signature provider.");

    /// <summary>Wrong PIN.</summary>
    public static readonly Error WrongPin = new(
        ErrorKind.Forbidden, "SIG-0405", "Mã PIN không đúng.", "The PIN is wrong.");

    /// <summary>Wrong one-time code.</summary>
    public static readonly Error WrongCode = new(
        ErrorKind.Forbidden, "SIG-0406", "Mã xác nhận một lần không đúng.", "The one-time code is wrong.");

    /// <summary>The credential is locked after too many wrong tries.</summary>
    public static readonly Error Locked = new(
        ErrorKind.Conflict, "SIG-0407", "Chứng thư số bị khóa tại nhà cung cấp do nhập sai quá nhiều lần.",
            "The credential is locked at the provider after too many wrong tries.");

    /// <summary>The authorisation ended before anything was signed.</summary>
    public static readonly Error AuthorisationEnded = new(
        ErrorKind.Conflict, "SIG-0408", "Phiên xác nhận ký đã hết hạn. Hãy ký lại từ đầu.", "The authorisation to sign has ended. Begin again.");

    /// <summary>The provider does not let the credential sign: disabled, suspended, revoked or expired.</summary>
    public static readonly Error CredentialDisabled = new(
        ErrorKind.Conflict, "SIG-0409", "Chứng thư số đang bị vô hiệu hóa, tạm dừng hoặc đã hết hạn tại nhà cung cấp.",
            "The credential is disabled, suspended or expired at the provider.");

    /// <summary>The person has no such credential there.</summary>
    public static readonly Error UnknownCredential = new(
        ErrorKind.NotFound, "SIG-0410", "Không tìm thấy chứng thư số này tại nhà cung cấp.", "There is no such credential at the provider.");

    /// <summary>The provider refuses this service itself: for its operators.</summary>
    public static readonly Error NotAccepted = new(
        ErrorKind.Unavailable, "SIG-0411", "Nhà cung cấp chữ ký số từ chối kết nối của hệ thống. Hãy thử lại sau.",
            "The signature provider refuses this platform. Try again later.")
    { RetryAfterSeconds = 300 };

    /// <summary>Who calls back does not prove to be the provider.</summary>
    public static readonly Error HookRefused = new(
        ErrorKind.Unauthenticated, "SIG-0412", "Thông báo không được xác thực.", "The notice is not authenticated.");

    /// <summary>Nothing is told about orders.</summary>
    public static readonly Error HookUnknown = new(ErrorKind.NotFound, "SIG-0413", "Không tìm thấy.", "Not found.");

    /// <summary>The provider's notice cannot be read.</summary>
    public static readonly Error HookUnreadable = new(
        ErrorKind.Validation, "SIG-0414", "Không đọc được thông báo.", "The notice cannot be read.");

    /// <summary>The order was begun with other hashes, another credential or another person.</summary>
    public static readonly Error OtherOrder = new(
        ErrorKind.KeyReused, "SIG-0415", "Yêu cầu ký này đã được bắt đầu với nội dung khác.", "This order was begun with other content before.");

    /// <summary>More hashes than one authorisation covers, or none.</summary>
    public static readonly Error WrongCount = new(
        ErrorKind.Validation, "SIG-0416", "Số tài liệu trong một lần ký không hợp lệ.", "The number of documents is not allowed for one authorisation.");

    /// <summary>The credential does not sign with this algorithm.</summary>
    public static readonly Error WrongAlgorithm = new(
        ErrorKind.Validation, "SIG-0417", "Chứng thư số không ký được bằng thuật toán này.", "The credential does not sign with this algorithm.");

    /// <summary>The order was never begun.</summary>
    public static readonly Error UnknownOrder = new(
        ErrorKind.NotFound, "SIG-0418", "Không tìm thấy yêu cầu ký.", "There is no such order.");

    /// <summary>The order is being signed at this moment.</summary>
    public static readonly Error InProgress = new(
        ErrorKind.Conflict, "SIG-0419", "Yêu cầu ký đang được xử lý.", "The order is being signed at this moment.")
    { RetryAfterSeconds = 5 };

    /// <summary>The provider answers in a way that its protocol does not allow; nothing was signed.</summary>
    public static readonly Error Unreadable = new(
        ErrorKind.Unavailable, "SIG-0420", "Nhà cung cấp chữ ký số trả lời không hợp lệ. Chưa có gì được ký.",
            "The signature provider answers in a way that cannot be used. Nothing was signed.")
    { RetryAfterSeconds = 60 };
}
