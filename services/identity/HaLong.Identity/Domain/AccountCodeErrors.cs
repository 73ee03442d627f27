using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Refusals of codes that other services ask for.</summary>
internal static class AccountCodeErrors
{
    /// <summary>There is no such account, or it is closed.</summary>
    public static readonly Error NoSuchAccount = new(ErrorKind.NotFound, "IDN-1301",
        "Không có tài khoản này hoặc tài khoản đã đóng.",
        "There is no such account, or it is closed.");

    /// <summary>Neither a mobile number nor a confirmed mailbox is known.</summary>
    public static readonly Error NowhereToSend = new(ErrorKind.Conflict, "IDN-1302",
        "Tài khoản chưa có số di động hoặc thư điện tử đã xác nhận để nhận mã. Hãy bổ sung trong phần tài khoản.",
        "The account has no mobile number and no confirmed e-mail address to send a code to. Add one in the account.");

    /// <summary>The purpose, the reference or a value of the text is missing or not allowed.</summary>
    public static readonly Error NotValid = new(ErrorKind.Validation, "IDN-1303",
        "Yêu cầu gửi mã thiếu thông tin hoặc không hợp lệ.",
        "The request for a code is incomplete or not valid.");
}
