using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Signatures;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Writes the result of a decided dossier (also a refusal, also a correction) and has it signed. In two steps: the bytes are stored and committed before anybody signs them,
/// so that every attempt signs the same ones.
/// </summary>
internal sealed class WriteResult(DossierDbContext db, PaperWork papers, IOptions<DossierOptions> options, TimeProvider time)
    : IConsumer<DossierApproved>, IConsumer<DossierRefused>, IConsumer<CorrectionWritingDue>
{
    public Task Consume(ConsumeContext<DossierApproved> context) => WriteAsync(context.Message.DossierId, context.Message.ResultDocumentId, context.CancellationToken);

    public Task Consume(ConsumeContext<DossierRefused> context) => WriteAsync(context.Message.DossierId, context.Message.ResultDocumentId, context.CancellationToken);

    public Task Consume(ConsumeContext<CorrectionWritingDue> context) => WriteAsync(context.Message.DossierId, context.Message.DocumentId, context.CancellationToken);

    private async Task WriteAsync(Guid dossierId, Guid documentId, CancellationToken ct)
    {
        if (await db.LockAsync(dossierId, ct) is not { IsSigning: true } dossier
            || dossier.SigningId != documentId
            || await db.Documents.AnyAsync(d => d.DossierId == dossier.Id && d.Kind == DocumentKind.UnsignedResult && d.ResultId == dossier.UnsignedId, ct))
            return;
        using var activity = DossierTelemetry.Source.StartActivity("write result");
        activity?.SetTag("dossier.id", dossier.Id);
        try
        {
            db.Documents.Add(await papers.UnsignedResultAsync(dossier, ct));
        }
        catch (ErrorException)
        {
            // A full disk, or no key for its QR code: like a signature that cannot be had, tried again, and the wait is seen.
            dossier.SigningFailed(time.Now());
            db.Enqueue(new CorrectionWritingDue(dossierId, documentId), Sealing.PauseAfter(dossier.SigningAttempts, options.Value.SigningRetry));
            return;
        }
        if (dossier.AwaitsPerson)
            db.Enqueue(new SignatureDue(dossier.Id, dossier.SignatureRound, 1));
        else
            db.Enqueue(new ResultSigningDue(dossier.Id, 1));
    }
}
