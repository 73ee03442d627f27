using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Contracts.Events;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.TimeStamping;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features;

/// <summary>The signed file: the original and the revision that was appended to it.</summary>
internal sealed record SignedPdf(Signature Signature, byte[] Content);

/// <summary>Seals a PDF. The document id is the key: asking again gives the first answer, also when asked at the same moment.</summary>
internal sealed partial class SignPdf(SignatureDbContext db, Seals seals, ValidationEvidence evidence, TimeStampClient stamps,
    TimeProvider time, SignatureTelemetry telemetry, ILogger<SignPdf> log)
{
    public const int MaxBytes = 50 * 1024 * 1024;
    private const int MaxRemark = 500;

    public async Task<Result<SignedPdf>> HandleAsync(SignatureRequest request, CancellationToken ct)
    {
        using var activity = SignatureTelemetry.Source.StartActivity("sign pdf");
        activity?.SetTag("halong.document.id", request.DocumentId);
        activity?.SetTag("halong.document.size", request.Pdf.Length);
        var start = time.GetTimestamp();
        var result = Validate(request) is { } error ? error : await RunAsync(request, start, ct);
        if (!result.IsSuccess)
        {
            telemetry.Refused(result.Error.Code);
            Refused(log, request.DocumentId, result.Error.Code);
        }

        return result;
    }

    private static Error? Validate(SignatureRequest request)
    {
        if (request.Pdf.Length > MaxBytes)
            return SignatureErrors.TooLarge;
        var error = SignatureErrors.InvalidRequest;
        if (request.DocumentId == Guid.Empty)
            error = error.WithField("documentId", "Phải là một UUID.", "Must be a UUID.");
        if (request.SignerId == Guid.Empty)
            error = error.WithField("signerId", "Phải là một UUID.", "Must be a UUID.");
        if (!IsUnitCode(request.UnitCode))
            error = error.WithField("unitCode", "Mã đơn vị không hợp lệ.", "Not a unit code.");
        if (request.Reason.Length > MaxRemark)
            error = error.WithField("reason", "Tối đa 500 ký tự.", "At most 500 characters.");
        if (request.Location.Length > MaxRemark)
            error = error.WithField("location", "Tối đa 500 ký tự.", "At most 500 characters.");
        if (error.Fields.Count > 0)
            return error;
        return PdfFile.LooksLikePdf(request.Pdf.Span) ? null : SignatureErrors.NotPdf;
    }

    private async Task<Result<SignedPdf>> RunAsync(SignatureRequest request, long start, CancellationToken ct)
    {
        await evidence.PrepareAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The same document asked for twice at once: the second waits here until the first commits, then finds its answer.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"document:" + request.DocumentId}, 0))", ct);
        if (await db.Signatures.AsNoTracking().SingleOrDefaultAsync(
            s => s.DocumentId == request.DocumentId && s.Format == SignatureFormat.Pades, ct) is { } earlier)
        {
            if (!earlier.Answers(request))
                return SignatureErrors.OtherContent;
            telemetry.Signed(replayed: true, time.GetElapsedTime(start));
            return new SignedPdf(earlier, [.. request.Pdf.Span, .. earlier.Revision]);
        }

        var seal = await seals.ForUnitAsync(request.UnitCode, ct);
        if (!seal.IsSuccess)
            return seal.Error;
        var (credential, key) = seal.Value;
        var signedAt = WholeSecond(time.GetUtcNow());
        SignedRevision revision;
        try
        {
            var details = new SignatureDetails(key.Certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), request.Reason,
                request.Location, TimeZoneInfo.ConvertTime(signedAt, LocalTime.Zone));
            revision = await PadesSigner.SignAsync(request.Pdf, key, details, await evidence.ForAsync(credential, ct),
                value => stamps.StampAsync(value, ct));
        }
        catch (PdfException e)
        {
            Unreadable(log, request.DocumentId, e.Fault, e.Message);
            return PdfErrors.Of(e.Fault);
        }

        byte[] content = [.. request.Pdf.Span, .. revision.Bytes];
        var signature = Signature.Create(request, credential, revision.Bytes, Convert.ToHexStringLower(SHA256.HashData(content)), signedAt,
            revision.Level, SHA256.HashData(revision.Value));
        db.Add(signature);
        db.Enqueue(new DocumentSigned(signature.Id, signature.DocumentId, signature.SignedSha256, signature.SignerSubject, signedAt));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        telemetry.Signed(replayed: false, time.GetElapsedTime(start));
        Signed(log, request.DocumentId, signature.Id, request.UnitCode, signature.Level);
        return new SignedPdf(signature, content);
    }

    /// <summary>Whether it can be the code of a unit.</summary>
    public static bool IsUnitCode(string text) => UnitCode().IsMatch(text);

    private static DateTimeOffset WholeSecond(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$")]
    private static partial Regex UnitCode();

    [LoggerMessage(5001, LogLevel.Information, "Document {DocumentId} signed as {SignatureId} with the seal of unit {UnitCode}, level {Level}")]
    private static partial void Signed(ILogger log, Guid documentId, Guid signatureId, string unitCode, string level);

    [LoggerMessage(5002, LogLevel.Warning, "Document {DocumentId} was not signed: {Code}")]
    private static partial void Refused(ILogger log, Guid documentId, string code);

    [LoggerMessage(5003, LogLevel.Information, "Document {DocumentId} cannot be signed ({Fault}): {Detail}")]
    private static partial void Unreadable(ILogger log, Guid documentId, PdfFault fault, string detail);
}
