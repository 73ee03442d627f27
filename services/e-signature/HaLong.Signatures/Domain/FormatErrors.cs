using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>Refusals about signatures beside files and around statements.</summary>
internal static class FormatErrors
{
    /// <summary>A detached signature came alone.</summary>
    public static readonly Error FileMissing = new(
        ErrorKind.Validation, "SIG-0550", "Chữ ký rời phải được gửi kèm tệp đã ký.",
            "A detached signature is checked together with the file that it signs.");

    /// <summary>The signature beside the file is larger than any.</summary>
    public static readonly Error SignatureTooLarge = new(
        ErrorKind.TooLarge, "SIG-0551", "Tệp chữ ký vượt quá dung lượng cho phép (1 MB).", "The signature is larger than allowed (1 MB).");

    /// <summary>More files than one and its signature.</summary>
    public static readonly Error TooManyFiles = new(
        ErrorKind.Validation, "SIG-0552", "Mỗi lần chỉ kiểm tra một tệp và một chữ ký.", "One file and one signature are checked at a time.");

    /// <summary>Neither of two files is a signature.</summary>
    public static readonly Error NoSignatureBeside = new(
        ErrorKind.Validation, "SIG-0553", "Không tệp nào trong hai tệp gửi lên là chữ ký số.",
            "Neither of the two files is a digital signature.");

    /// <summary>The report is none that there is.</summary>
    public static readonly Error UnknownReport = new(
        ErrorKind.Validation, "SIG-0554", "Loại báo cáo không hợp lệ: chỉ có simple và detailed.",
            "There are two reports: simple and detailed.");

    /// <summary>The statement is not JSON, or too large.</summary>
    public static readonly Error InvalidStatement = new(
        ErrorKind.Validation, "SIG-0555", "Nội dung xác nhận phải là đối tượng JSON, tối đa 16 kB.",
            "A statement is a JSON object of at most 16 kB.");

    /// <summary>The seal cannot sign by this hash.</summary>
    public static readonly Error HashNotSupported = new(
        ErrorKind.Validation, "SIG-0556", "Con dấu điện tử không ký được với hàm băm này.", "The seal does not sign by this hash function.");
}
