using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>Refusals about PINs, codes and what a person agreed to sign.</summary>
internal static class ActivationErrors
{
    /// <summary>The PIN is too short, too simple or holds what cannot be typed.</summary>
    public static readonly Error PinWeak = new(
        ErrorKind.Validation, "SIG-0221", "Mã PIN phải có 6 đến 12 chữ số không dễ đoán, hoặc là cụm mật khẩu từ 12 ký tự.",
            "A PIN has 6 to 12 digits that are not easily guessed, or is a passphrase of 12 characters or more.");

    /// <summary>The PIN is wrong; the next try is possible after the wait told.</summary>
    public static readonly Error PinWrong = new(
        ErrorKind.Validation, "SIG-0222", "Mã PIN không đúng. Còn {0} lần thử.", "The PIN is wrong. {0} tries are left.");

    /// <summary>A try too soon after a wrong one.</summary>
    public static readonly Error PinTooSoon = new(
        ErrorKind.TooMany, "SIG-0223", "Vừa nhập sai mã PIN. Hãy chờ rồi thử lại.", "A wrong PIN was just given. Wait, then try again.");

    /// <summary>Ten wrong tries: only a new credential helps.</summary>
    public static readonly Error PinLocked = new(
        ErrorKind.Conflict, "SIG-0224", "Chứng thư số đã bị khóa do nhập sai mã PIN 10 lần. Hãy gia hạn để tạo khóa mới.",
            "The credential is locked after 10 wrong PINs. Renew it to get a new key.");

    /// <summary>The one-time code is wrong or too late.</summary>
    public static readonly Error CodeWrong = new(
        ErrorKind.Validation, "SIG-0225", "Mã ký số không đúng hoặc đã hết hạn.", "The signing code is wrong or has expired.");

    /// <summary>Five tries for one code.</summary>
    public static readonly Error CodeUsedUp = new(
        ErrorKind.TooMany, "SIG-0226", "Đã nhập sai mã ký số quá nhiều lần. Hãy bắt đầu lại.",
            "Too many wrong signing codes. Start again.");

    /// <summary>Neither a mobile number nor a confirmed mailbox is on file.</summary>
    public static readonly Error NowhereToSend = new(
        ErrorKind.Conflict, "SIG-0227", "Tài khoản chưa có số di động hoặc thư điện tử đã xác nhận để nhận mã ký số.",
            "The account has no mobile number and no confirmed e-mail address for the signing code.");

    /// <summary>There is no such order of this person.</summary>
    public static readonly Error OrderNotFound = new(
        ErrorKind.NotFound, "SIG-0228", "Không tìm thấy yêu cầu ký này.", "There is no such order to sign.");

    /// <summary>1 to 200 hashes, each as long as its algorithm says, by an algorithm of the key.</summary>
    public static readonly Error OrderNotValid = new(
        ErrorKind.Validation, "SIG-0229", "Yêu cầu ký không hợp lệ: cần 1 đến 200 giá trị băm đúng độ dài và thuật toán của khóa.",
            "The order is not valid: it takes 1 to 200 hashes of the right length, and an algorithm of the key.");

    /// <summary>The id was used for other hashes, another credential or another person.</summary>
    public static readonly Error OtherOrder = new(
        ErrorKind.Conflict, "SIG-0230", "Mã yêu cầu ký này đã dùng cho nội dung hoặc chứng thư số khác.",
            "This order id was used for other content or another credential.");

    /// <summary>The activation data is unknown, or of another person, credential or list of hashes.</summary>
    public static readonly Error NotAuthorised = new(
        ErrorKind.Forbidden, "SIG-0231", "Dữ liệu kích hoạt ký không hợp lệ cho nội dung này.",
            "The signature activation data is not good for this.");

    /// <summary>The code or the activation data was not used in time.</summary>
    public static readonly Error Expired = new(
        ErrorKind.Conflict, "SIG-0232", "Yêu cầu ký đã hết hạn. Hãy bắt đầu lại.", "The order to sign has expired. Start again.");

    /// <summary>A one-time credential signs one order.</summary>
    public static readonly Error OneOrderOnly = new(
        ErrorKind.Conflict, "SIG-0233", "Chứng thư số dùng một lần chỉ dùng cho một yêu cầu ký.",
            "A one-time credential serves one order.");

    /// <summary>Nothing was begun whose code could be given.</summary>
    public static readonly Error NoChallenge = new(
        ErrorKind.Conflict, "SIG-0234", "Chưa yêu cầu mã ký số, hoặc mã đã được dùng.", "No signing code was asked for, or it was used.");
}
