using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Papers;

/// <summary>Every expected refusal around forms on paper; documented in docs/errors.md.</summary>
internal static class PaperErrors
{
    public static readonly Error FormNotFound = new(ErrorKind.NotFound, "DOS-0601",
        "Không tìm thấy phiếu, giấy này trong hồ sơ.", "The dossier has no such form.");

    public static readonly Error Pending = new(ErrorKind.Conflict, "DOS-0602",
        "Phiếu đang được lập và ký số; hãy thử lại sau ít phút.", "The form is being written and sealed; try again in a few minutes.")
    { RetryAfterSeconds = 5 };
}
