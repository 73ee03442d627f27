using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Organisations;

/// <summary>The paper that an official has before him.</summary>
/// <param name="CertificateNumber">Number of the registration certificate or decision.</param>
/// <param name="CertificateDate">Its date.</param>
/// <param name="ScanReference">Where its scan is kept, e.g. the number in the archive of the unit; can be left out.</param>
/// <param name="ScanSha256">SHA-256 of the scan in hexadecimal; can be left out.</param>
internal sealed record CertificateInput(string? CertificateNumber, DateOnly? CertificateDate, string? ScanReference, string? ScanSha256)
{
    private const int LongestNumber = 50;
    private const int LongestReference = 100;

    public Result<Certificate> Check(DateOnly today)
    {
        var error = OrganisationErrors.DecisionInvalid;
        var number = OrganisationInput.Line(CertificateNumber);
        if (number is not { Length: >= 3 and <= LongestNumber })
            error = error.WithField("certificateNumber", $"Số giấy chứng nhận có từ 3 đến {LongestNumber} ký tự.", $"The number of the certificate has 3 to {LongestNumber} characters.");
        if (CertificateDate is null || CertificateDate > today)
            error = error.WithField("certificateDate", "Ngày cấp không ở tương lai.", "The date of the certificate is not in the future.");
        var reference = OrganisationInput.Line(ScanReference);
        if (reference?.Length > LongestReference)
            error = error.WithField("scanReference", $"Tối đa {LongestReference} ký tự.", $"At most {LongestReference} characters.");
        if (ScanSha256 is not null && (ScanSha256.Length != 64 || !ScanSha256.All(char.IsAsciiHexDigit)))
            error = error.WithField("scanSha256", "SHA-256 có 64 ký tự thập lục phân.", "A SHA-256 has 64 hexadecimal digits.");
        return error.FieldMessages.Count > 0
            ? error
            : new Certificate(number!, CertificateDate!.Value, reference, ScanSha256 is null ? null : Convert.FromHexString(ScanSha256)); // Checked above.
    }
}
