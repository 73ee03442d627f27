using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What the document store and the reuse of its documents refuse.</summary>
internal static class ReuseErrors
{
    public static readonly Error FiledAlready = new(ErrorKind.Conflict, "DOS-0640",
        "Giấy tờ đã nộp thì không rút ra được; chỉ rút được giấy tờ vừa thêm khi bổ sung.",
        "What was filed cannot be taken out; only what was added while completing the dossier can.");

    public static readonly Error NotInStore = new(ErrorKind.NotFound, "DOS-0641",
        "Kho giấy tờ của bạn không có giấy tờ này.", "Your document store has no such document.");

    public static readonly Error Replaced = new(ErrorKind.Conflict, "DOS-0642",
        "Kết quả này đã được thay bằng bản đính chính; hãy dùng bản mới.", "A corrected result took the place of this one; use the new one.");

    public static readonly Error NoLongerCounts = new(ErrorKind.Conflict, "DOS-0643",
        "Hồ sơ của kết quả này đã được rút hoặc bị từ chối nên không dùng lại được.",
        "The dossier of this result was withdrawn or refused, so it cannot be used again.");

    public static readonly Error Expired = new(ErrorKind.Conflict, "DOS-0644",
        "Giấy tờ này đã hết hiệu lực từ ngày {0}.", "This document has not been valid since {0}.");

    public static readonly Error NotReusable = new(ErrorKind.Conflict, "DOS-0645",
        "Thành phần này không dùng được giấy tờ trong kho.", "This component cannot be taken from the document store.");

    public static readonly Error WrongKind = new(ErrorKind.Conflict, "DOS-0646",
        "Giấy tờ này không phải loại mà thành phần hồ sơ yêu cầu.", "This is not the kind of document that the component asks for.");

    public static readonly Error AlreadyThere = new(ErrorKind.AlreadyExists, "DOS-0647",
        "Giấy tờ này đã có ở thành phần đó.", "The component has this document already.");
}
