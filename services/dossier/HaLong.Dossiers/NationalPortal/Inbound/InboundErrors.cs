using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>What stands in the way of filings from the national portal; these codes are told to the portal, too.</summary>
internal static class InboundErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "DOS-0875",
        "Không có hồ sơ nào từ Cổng quốc gia với mã này.", "Nothing was filed on the national portal under this code.");

    public static readonly Error BadState = new(ErrorKind.Validation, "DOS-0876",
        "Trạng thái lọc không hợp lệ.", "There is no such state to filter by.");

    public static readonly Error NotWaiting = new(ErrorKind.Conflict, "DOS-0877",
        "Hồ sơ này không chờ việc đó.", "The filing does not wait for that.");

    public static readonly Error NoAccount = new(ErrorKind.Validation, "DOS-0878",
        "Không có tài khoản nào với số định danh của người nộp.", "There is no account with the applicant's personal number.");

    public static readonly Error WhichAccount = new(ErrorKind.Validation, "DOS-0879",
        "Hãy nêu tài khoản của chủ hồ sơ.", "Say which account the owner's is.");

    public static readonly Error OtherPerson = new(ErrorKind.Conflict, "DOS-0880",
        "Số định danh trên hồ sơ thuộc về tài khoản khác.", "The personal number of the filing belongs to another account.");

    public static readonly Error BadContent = new(ErrorKind.Validation, "DOS-0881",
        "Nội dung hồ sơ từ Cổng quốc gia không đọc được.", "The content of the filing cannot be read.");

    public static readonly Error BadFile = new(ErrorKind.Validation, "DOS-0882",
        "Tệp đính kèm không dùng được.", "A file of the filing cannot be used.");

    public static readonly Error CodeTaken = new(ErrorKind.Conflict, "DOS-0883",
        "Mã hồ sơ không dùng được: đã có hoặc thuộc dải mã của cơ quan.", "The dossier code cannot be used: it is taken, unreadable, or one of our own.");

    public static readonly Error AlreadyFiled = new(ErrorKind.Conflict, "DOS-0884",
        "Hồ sơ đã được tiếp nhận vào hệ thống; thay đổi phải qua bổ sung hồ sơ.", "It is filed already; changes are made by a supplement.");
}
