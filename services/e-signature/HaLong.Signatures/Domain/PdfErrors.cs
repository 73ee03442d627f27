using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>Refusals about signed PDFs.</summary>
internal static class PdfErrors
{
    /// <summary>What came back as a signature does not fit the hash and the certificate.</summary>
    public static readonly Error ValueMismatch = new(
        ErrorKind.Unavailable, "SIG-0501", "Giá trị chữ ký nhận được không khớp với tài liệu và chứng thư số. Hãy ký lại.",
            "The signature value that came back does not fit the document and the certificate. Sign again.");
}
