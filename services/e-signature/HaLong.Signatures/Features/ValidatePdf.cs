using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Validation;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features;

/// <summary>Says whether the signatures of a PDF hold. Keeps nothing.</summary>
internal sealed class ValidatePdf(TrustSource sources, ValidationSlots slots, TimeProvider time, SignatureTelemetry telemetry)
{
    public async Task<Result<ValidationReport>> HandleAsync(ReadOnlyMemory<byte> pdf, CancellationToken ct)
    {
        using var activity = SignatureTelemetry.Source.StartActivity("validate pdf");
        activity?.SetTag("halong.document.size", pdf.Length);
        if (pdf.Length > SignPdf.MaxBytes)
            return Refuse(SignatureErrors.TooLarge);
        if (!PdfFile.LooksLikePdf(pdf.Span))
            return Refuse(SignatureErrors.NotPdf);
        await sources.ReadyAsync(ct);
        if (!await slots.EnterAsync(ct))
            return Refuse(SignatureErrors.Busy);
        try
        {
            var start = time.GetTimestamp();
            var report = PdfValidator.Validate(pdf, await sources.ForAsync(pdf, ct), time.GetUtcNow(), ct);
            telemetry.Validated(report.Indication.ToString(), time.GetElapsedTime(start));
            activity?.SetTag("halong.indication", report.Indication);
            return report;
        }
        finally
        {
            slots.Leave();
        }
    }

    private Error Refuse(Error error)
    {
        telemetry.Refused(error.Code);
        return error;
    }
}

/// <summary>Anyone may validate, so the work one replica does at a time is bounded.</summary>
internal sealed class ValidationSlots(IOptions<ValidationOptions> options) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Value.MaxConcurrent);

    public Task<bool> EnterAsync(CancellationToken ct) => free.WaitAsync(TimeSpan.FromSeconds(options.Value.MaxWaitSeconds), ct);

    public void Leave() => free.Release();

    public void Dispose() => free.Dispose();
}
