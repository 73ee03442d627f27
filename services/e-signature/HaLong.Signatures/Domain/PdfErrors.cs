using HaLong.ServiceDefaults;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Domain;

/// <summary>Refusals about signed PDFs.</summary>
internal static class PdfErrors
{
    /// <summary>What came back as a signature does not fit the hash and the certificate.</summary>
    public static readonly Error ValueMismatch = new(
        ErrorKind.Unavailable, "SIG-0501", "Giá trị chữ ký nhận được không khớp với tài liệu và chứng thư số. Hãy ký lại.",
            "The signature value that came back does not fit the document and the certificate. Sign again.");

    /// <summary>Only a file whose signatures hold is made to last.</summary>
    public static readonly Error NotValid = new(
        ErrorKind.Conflict, "SIG-0502", "Chỉ lưu trữ lâu dài được tệp có chữ ký hợp lệ. Hãy kiểm tra chữ ký của tệp trước.",
            "Only a file whose signatures are valid can be preserved. Validate it first.");

    /// <summary>The status of a certificate cannot be learned at the moment.</summary>
    public static readonly Error EvidenceMissing = new(
        ErrorKind.Unavailable, "SIG-0503", "Chưa lấy được trạng thái của chứng thư số. Hãy thử lại sau.",
            "The status of a certificate cannot be learned at the moment. Try again later.")
    { RetryAfterSeconds = 60 };

    /// <summary>No time-stamp authority answers.</summary>
    public static readonly Error NoTimeStamp = new(
        ErrorKind.Unavailable, "SIG-0504", "Chưa lấy được dấu thời gian. Hãy thử lại sau.",
            "No time-stamp can be obtained at the moment. Try again later.")
    { RetryAfterSeconds = 60 };

    /// <summary>A visible signature has no place: no such page, outside it, too small, or the page is full.</summary>
    public static readonly Error NoPlace = new(
        ErrorKind.Validation, "SIG-0505", "Không có chỗ phù hợp trên trang để hiển thị chữ ký.",
            "There is no suitable place on the page to show the signature.");

    /// <summary>Why a file can be neither signed nor preserved.</summary>
    public static Error Of(PdfFault fault) => fault switch
    {
        PdfFault.NotPdf => SignatureErrors.NotPdf,
        PdfFault.Encrypted => SignatureErrors.Encrypted,
        PdfFault.Locked => SignatureErrors.Locked,
        PdfFault.NoPlace => NoPlace,
        _ => SignatureErrors.Malformed,
    };
}
