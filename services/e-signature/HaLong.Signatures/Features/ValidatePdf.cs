using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Features;

/// <summary>Says whether the signatures of a PDF hold. Keeps nothing.</summary>
internal sealed class ValidatePdf(ValidationRun run)
{
    public async Task<Result<ValidationReport>> HandleAsync(ReadOnlyMemory<byte> pdf, CancellationToken ct) =>
        pdf.Length > SignPdf.MaxBytes ? run.Refuse(SignatureErrors.TooLarge)
        : !PdfFile.LooksLikePdf(pdf.Span) ? run.Refuse(SignatureErrors.NotPdf)
        : await run.RunAsync("validate pdf", pdf.Length, () => SignatureParts.OfPdf(pdf), (trust, now) => PdfValidator.Validate(pdf, trust, now, ct), ct);
}
