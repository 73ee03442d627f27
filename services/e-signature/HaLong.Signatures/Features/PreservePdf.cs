using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Features;

/// <summary>
/// <c>POST /api/v1/preservations</c>: makes a signed file checkable for long (level B-LTA), and again before its last time-stamp grows old. The
/// answer is a new file: what was handed out stays as it is, and is the beginning of the new one, byte for byte. Nothing is kept here.
/// </summary>
internal sealed partial class PreservePdf(TrustSource sources, ArchiveEvidence evidence, TimeStampClient stamps, ValidationSlots slots,
    TimeProvider time, SignatureTelemetry telemetry, ILogger<PreservePdf> log)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/preservations", AnswerAsync)
        .WithName("PreservePdf")
        .WithSummary("Make a signed PDF checkable for long")
        .WithDescription("Body: a signed PDF (application/pdf, or a form with one file), at most 50 MB. "
            + "Answer: the same file with all evidence and a time-stamp over it (PAdES B-LTA). Nothing is kept. Approvers and services of the platform. Strong consistency.")
        .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .RequireAuthorization(SignaturePolicies.Sign);

    /// <returns>The bytes to append to the file.</returns>
    public async Task<Result<byte[]>> HandleAsync(ReadOnlyMemory<byte> pdf, CancellationToken ct)
    {
        if (pdf.Length > SignPdf.MaxBytes)
            return Refuse(SignatureErrors.TooLarge);
        if (!PdfFile.LooksLikePdf(pdf.Span))
            return Refuse(SignatureErrors.NotPdf);
        await sources.ReadyAsync(ct);
        if (!await slots.EnterAsync(ct))
            return Refuse(SignatureErrors.Busy);
        try
        {
            var result = await RunAsync(pdf, ct);
            return result.IsSuccess ? result : Refuse(result.Error);
        }
        catch (PdfException e)
        {
            return Refuse(PdfErrors.Of(e.Fault));
        }
        finally
        {
            slots.Leave();
        }
    }

    private async Task<Result<byte[]>> RunAsync(ReadOnlyMemory<byte> pdf, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        var file = PdfFile.Open(pdf);
        var report = PdfValidator.Validate(pdf, await sources.ForAsync(SignatureParts.OfPdf(pdf), ct), time.GetUtcNow(), ct);
        // Where only the status is missing, it is what is gathered now; a signature that does not hold gets no better by keeping it.
        if (report.Reasons.Concat(report.Signatures.SelectMany(s => s.Reasons)).Any(r => r != Reasons.RevocationUnavailable))
            return PdfErrors.NotValid;
        if (await evidence.CollectAsync(report, ValidationData.Of(file), ct) is not { } data)
            return PdfErrors.EvidenceMissing;
        var revision = ArchiveRevision.Prepare(file, data);
        if (await stamps.StampHashAsync(revision.DigestBy(HashAlgorithmName.SHA256, pdf.Span), ct) is not { } stamp || !revision.HasRoomFor(stamp.Token))
            return PdfErrors.NoTimeStamp;
        telemetry.Preserved(time.GetElapsedTime(start));
        Preserved(log, report.Signatures.Count, report.TimeStamps.Count);
        return revision.Embed(stamp.Token);
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, PreservePdf handler, CancellationToken ct)
    {
        var upload = await Upload.ReadAsync(request, ct);
        if (!upload.IsSuccess)
            return upload.Error.ToProblem();
        request.HttpContext.Response.RegisterForDispose(upload.Value);
        var file = upload.Value.File.Kept;
        var revision = await handler.HandleAsync(file, ct);
        return revision.Match(bytes => new TwoParts(file, bytes));
    }

    private Error Refuse(Error error)
    {
        telemetry.Refused(error.Code);
        return error;
    }

    [LoggerMessage(5101, LogLevel.Information, "A file with {Signatures} signatures and {TimeStamps} time-stamps got an archive time-stamp")]
    private static partial void Preserved(ILogger log, int signatures, int timeStamps);

    /// <summary>The file and what is appended to it, sent without being put together first.</summary>
    private sealed class TwoParts(ReadOnlyMemory<byte> original, byte[] revision) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "application/pdf";
            response.ContentLength = original.Length + revision.Length;
            await response.Body.WriteAsync(original, httpContext.RequestAborted);
            await response.Body.WriteAsync(revision, httpContext.RequestAborted);
        }
    }
}
