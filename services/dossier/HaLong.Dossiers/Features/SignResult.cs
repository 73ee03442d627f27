using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Has the result sealed by e-signature, over the approver's own signature where that is wanted, and stores it. Whatever goes wrong there, the work comes back as a delayed outbox row with a growing
/// pause: it waits, visibly, and is never lost. Signing the same document twice gives the same answer.
/// </summary>
internal sealed partial class SignResult(
    DossierDbContext db, Sealing sealing, DeadlineDesk deadlines, PaperWork papers, IOptions<DossierOptions> options,
    DossierTelemetry telemetry, TimeProvider time, ILogger<SignResult> log) : IConsumer<ResultSigningDue>
{
    public async Task Consume(ConsumeContext<ResultSigningDue> context)
    {
        var ct = context.CancellationToken;
        // Not locked while e-signature works: that can take as long as its deadline.
        var found = await db.Dossiers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == context.Message.DossierId, ct);
        if (found is not { SigningId: { } resultId, AwaitsPerson: false })
            return;
        using var activity = DossierTelemetry.Source.StartActivity("sign result");
        activity?.SetTag("dossier.id", found.Id);
        var (signed, person) = await TrySignAsync(found, resultId, ct);
        if (await db.LockAsync(found.Id, ct) is not { } dossier || dossier.SigningId != resultId)
            return;
        if (!signed.IsSuccess)
        {
            dossier.SigningFailed(time.Now());
            db.Enqueue(new ResultSigningDue(dossier.Id, context.Message.Attempt + 1), Sealing.PauseAfter(context.Message.Attempt, options.Value.SigningRetry));
            telemetry.SigningFailed();
            SigningFailed(log, dossier.Id, context.Message.Attempt, signed.Error.Code);
            return;
        }
        var document = await papers.SignedResultAsync(dossier, signed.Value.SignedPdf.ToByteArray(), signed.Value.SignerSubject, person, ct);
        db.Documents.Add(document);
        if (dossier.CorrectionId is null)
            await ResolveAsync(dossier, document, ct);
        else
            await ReplaceAsync(dossier, document, ct);
        db.Record(dossier);
    }

    private async Task ResolveAsync(Dossier dossier, DossierDocument document, CancellationToken ct)
    {
        var now = time.Now();
        await deadlines.AfterAsync(dossier, ClockEffect.Stop, now, null, ct);
        dossier.Resolve(document.Sha256, now);
        telemetry.Moved("resolve");
    }

    private async Task ReplaceAsync(Dossier dossier, DossierDocument document, CancellationToken ct)
    {
        var now = time.Now();
        var old = await db.Documents.SingleAsync(d => d.Id == dossier.ResultDocumentId, ct);
        old.Replace(document.Id, dossier.CorrectionReason, now);
        dossier.ReplaceResult(document.Sha256, now);
        telemetry.Moved("replaceResult");
    }

    /// <summary>The answer of e-signature, and who signed before the seal.</summary>
    private async Task<(Result<SignPdfResponse> Sealed, string? Person)> TrySignAsync(Dossier dossier, Guid resultId, CancellationToken ct)
    {
        var (kind, id) = dossier.PersonSignature is null ? (DocumentKind.UnsignedResult, dossier.UnsignedId) : (DocumentKind.PersonSigned, dossier.SignatureSessionId);
        var paper = await db.Documents.AsNoTracking().SingleAsync(d => d.DossierId == dossier.Id && d.Kind == kind && d.ResultId == id, ct);
        var answer = await sealing.SealAsync(
            new SealRequest(resultId, paper.Sha256, dossier.UnitCode, dossier.ApproverId!.Value, $"Kết quả giải quyết hồ sơ {dossier.Code}", dossier.UnitNameVi), ct);
        return (answer, kind == DocumentKind.PersonSigned ? paper.SignedBy : null);
    }

    [LoggerMessage(4030, LogLevel.Warning, "Signing the result of dossier {DossierId} failed at attempt {Attempt} with {Code}; tried again later")]
    private static partial void SigningFailed(ILogger log, Guid dossierId, int attempt, string code);
}
