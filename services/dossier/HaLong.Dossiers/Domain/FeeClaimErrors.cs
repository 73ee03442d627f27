using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>What is refused about fees, quotes and claims of exemption.</summary>
internal static class FeeClaimErrors
{
    public static readonly Error NotClaimed = new(ErrorKind.NotFound, "DOS-0740",
        "Hồ sơ không kê khai diện miễn, giảm phí này.", "The dossier claims no such exemption.");

    public static readonly Error Reviewed = new(ErrorKind.Conflict, "DOS-0741",
        "Giấy tờ của diện miễn, giảm phí này đã được xét.", "The evidence of this exemption was reviewed already.");

    public static readonly Error NothingToAccept = new(ErrorKind.Conflict, "DOS-0742",
        "Không có giấy tờ nào để chấp nhận cho diện miễn, giảm phí này.", "There is no evidence of this exemption to accept.");

    public static readonly Error NotReviewed = new(ErrorKind.Conflict, "DOS-0743",
        "Còn giấy tờ miễn, giảm phí chưa được xét; cán bộ thụ lý phải xét trước khi phê duyệt.",
        "Evidence of an exemption is not reviewed yet; the case officer must do so before the approval.");

    public static readonly Error QuoteUnavailable = new(ErrorKind.Unavailable, "DOS-0744",
        "Chưa tính được phí, lệ phí; hãy thử lại sau ít phút. Hồ sơ vẫn nộp được.",
        "Fees cannot be worked out at the moment; try again in a few minutes. A dossier can be filed none the less.")
    { RetryAfterSeconds = 5 };

    public static readonly Error BadClaims = new(ErrorKind.Validation, "DOS-0745",
        "Kê khai miễn, giảm phí không hợp lệ.", "The claims of exemption are not valid.");

    public static readonly Error BadQuestion = new(ErrorKind.Validation, "DOS-0746",
        "Yêu cầu tính phí, lệ phí không hợp lệ.", "The question about fees is not valid.");

    public static readonly Error NothingDue = new(ErrorKind.Conflict, "DOS-0747",
        "Không có khoản phí, lệ phí nào phải nộp ở thời điểm này.", "No fee is due at this moment.");
}
