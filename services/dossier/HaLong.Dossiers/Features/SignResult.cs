using Google.Protobuf;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Has the result signed by e-signature and stores it. Whatever goes wrong there, the work comes back as a delayed outbox row with a growing
/// pause: it waits, visibly, and is never lost. Signing the same document twice gives the same answer.
/// </summary>
internal sealed partial class SignResult(
    DossierDbContext db, Signing.SigningClient signing, DeadlineDesk deadlines, FileStore store, PaperWork papers, IOptions<DossierOptions> options,
    DossierTelemetry telemetry, TimeProvider time, ILogger<SignResult> log) : IConsumer<ResultSigningDue>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task Consume(ConsumeContext<ResultSigningDue> context)
    {
        var ct = context.CancellationToken;
        // Not locked while e-signature works: that can take as long as its deadline.
        var found = await db.Dossiers.AsNoTracking().SingleOrDefaultAsync(d => d.Id == context.Message.DossierId, ct);
        if (found is not { SigningId: { } resultId })
            return;
        using var activity = DossierTelemetry.Source.StartActivity("sign result");
        activity?.SetTag("dossier.id", found.Id);
        var signed = await TrySignAsync(found, resultId, context.Message.Attempt, ct);
        if (await db.LockAsync(found.Id, ct) is not { } dossier || dossier.SigningId != resultId)
            return;
        if (signed is null)
        {
            dossier.SigningFailed(time.Now());
            db.Enqueue(new ResultSigningDue(dossier.Id, context.Message.Attempt + 1), PauseAfter(context.Message.Attempt, options.Value.SigningRetry));
            telemetry.SigningFailed();
            return;
        }
        var document = await papers.SignedResultAsync(dossier, signed.SignedPdf.ToByteArray(), signed.SignerSubject, ct);
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

    /// <summary>Doubles with each attempt, up to a minute.</summary>
    internal static TimeSpan PauseAfter(int attempt, TimeSpan first) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, first.Ticks << Math.Min(attempt - 1, 12)));

    /// <summary>The signature, or null when signing failed for whatever reason.</summary>
    private async Task<SignPdfResponse?> TrySignAsync(Dossier dossier, Guid resultId, int attempt, CancellationToken ct)
    {
        var unsigned = await db.Documents.AsNoTracking().SingleAsync(d => d.DossierId == dossier.Id && d.Kind == DocumentKind.UnsignedResult && d.ResultId == resultId, ct);
        var request = new SignPdfRequest
        {
            DocumentId = resultId.ToString(),
            Pdf = UnsafeByteOperations.UnsafeWrap(await store.ReadAsync(unsigned.Sha256, ct)),
            UnitCode = dossier.UnitCode,
            SignerId = dossier.ApproverId.ToString(),
            Reason = $"Kết quả giải quyết hồ sơ {dossier.Code}",
            Location = dossier.UnitNameVi,
        };
        try
        {
            return await signing.SignPdfAsync(request, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            SigningFailed(log, e, dossier.Id, attempt, (e as ErrorException)?.Error.Code ?? DossierErrors.SignatureUnavailable.Code);
            return null;
        }
    }

    [LoggerMessage(4030, LogLevel.Warning, "Signing the result of dossier {DossierId} failed at attempt {Attempt} with {Code}; tried again later")]
    private static partial void SigningFailed(ILogger log, Exception e, Guid dossierId, int attempt, string code);
}
