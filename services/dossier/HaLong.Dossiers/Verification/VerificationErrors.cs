using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Verification;

/// <summary>What verification refuses.</summary>
internal static class VerificationErrors
{
    public static readonly Error PaperNotFound = new(ErrorKind.NotFound, "DOS-0620",
        "Không có giấy tờ nào mang mã này. Giấy tờ có thể là giả, hoặc mã bị gõ sai.", "No paper has this token. The paper may be forged, or the token mistyped.");

    public static readonly Error NothingToCheck = new(ErrorKind.Validation, "DOS-0621",
        "Hãy gửi tệp PDF, mã SHA-256 của tệp hoặc nội dung mã QR.", "Send a PDF, the SHA-256 of one, or the text of a QR code.");
}
