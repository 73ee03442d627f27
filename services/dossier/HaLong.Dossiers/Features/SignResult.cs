using Google.Protobuf;
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
    DossierDbContext db, Signing.SigningClient signing, FileStore store, PaperWork papers, IOptions<DossierOptions> options,
    DossierTelemetry telemetry, TimeProvider time, ILogger<SignResult> log) : IConsumer<ResultSigningDue>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task Consume(ConsumeContext<ResultSigningDue> context)
    {
        var ct = context.CancellationToken;
        if (await db.LockAsync(context.Message.DossierId, ct) is not { Status: DossierStatus.Processing, ResultDocumentId: { } resultId } dossier)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("sign result");
        activity?.SetTag("dossier.id", dossier.Id);
        var unsigned = await db.Documents.AsNoTracking().SingleAsync(d => d.DossierId == dossier.Id && d.Kind == DocumentKind.UnsignedResult, ct);
        var request = new SignPdfRequest
        {
            DocumentId = resultId.ToString(),
            Pdf = UnsafeByteOperations.UnsafeWrap(await store.ReadAsync(unsigned.Sha256, ct)),
            UnitCode = dossier.UnitCode,
            SignerId = dossier.ApproverId.ToString(),
            Reason = $"Kết quả giải quyết hồ sơ {dossier.Code}",
            Location = dossier.UnitNameVi,
        };
        SignPdfResponse answer;
        try
        {
            answer = await signing.SignPdfAsync(request, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var pause = PauseAfter(context.Message.Attempt, options.Value.SigningRetry);
            dossier.SigningFailed(time.Now());
            db.Enqueue(new ResultSigningDue(dossier.Id, context.Message.Attempt + 1), pause);
            telemetry.SigningFailed();
            SigningFailed(log, e, dossier.Id, context.Message.Attempt, (e as ErrorException)?.Error.Code ?? DossierErrors.SignatureUnavailable.Code, pause);
            return;
        }
        var signed = await papers.SignedResultAsync(dossier, answer.SignedPdf.ToByteArray(), ct);
        db.Documents.Add(signed);
        dossier.Resolve(signed.Sha256, time.Now());
        db.Record(dossier);
        telemetry.Moved("resolve");
    }

    /// <summary>Doubles with each attempt, up to a minute.</summary>
    internal static TimeSpan PauseAfter(int attempt, TimeSpan first) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, first.Ticks << Math.Min(attempt - 1, 12)));

    [LoggerMessage(4030, LogLevel.Warning, "Signing the result of dossier {DossierId} failed at attempt {Attempt} with {Code}; tried again in {Pause}")]
    private static partial void SigningFailed(ILogger log, Exception e, Guid dossierId, int attempt, string code, TimeSpan pause);
}
