using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>What is refused about the approver's own signature.</summary>
internal static class SignatureErrors
{
    public static readonly Error NotAwaited = new(ErrorKind.Conflict, "DOS-0750",
        "Hồ sơ không chờ chữ ký số của người phê duyệt.", "The dossier does not wait for an approver's signature.");

    public static readonly Error AlreadySigned = new(ErrorKind.Conflict, "DOS-0751",
        "Người phê duyệt đã ký số; kết quả đang chờ con dấu của cơ quan.", "The approver has signed; the result waits for the seal of the unit.");

    public static readonly Error UnknownSigner = new(ErrorKind.Validation, "DOS-0752",
        "Người được yêu cầu ký không phải người phê duyệt của đơn vị này.", "Who is to sign is no approver of this unit.");

    public static readonly Error RefusalStands = new(ErrorKind.Conflict, "DOS-0753",
        "Nội dung văn bản từ chối theo lý do và căn cứ đã nêu, không sửa được ở bước ký.",
        "The words of a refusal follow from its reason and legal ground and cannot be changed when it is signed.");
}
