using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Writes the result of an approved dossier and has it signed. In two steps: the bytes are stored and committed before anybody signs them,
/// so that every attempt signs the same ones.
/// </summary>
internal sealed class WriteResult(DossierDbContext db, PaperWork papers) : IConsumer<DossierApproved>
{
    public async Task Consume(ConsumeContext<DossierApproved> context)
    {
        var ct = context.CancellationToken;
        var message = context.Message;
        if (await db.LockAsync(message.DossierId, ct) is not { Status: DossierStatus.Processing } dossier
            || dossier.ResultDocumentId != message.ResultDocumentId
            || await db.Documents.AnyAsync(d => d.DossierId == dossier.Id && d.Kind == DocumentKind.UnsignedResult, ct))
            return;
        using var activity = DossierTelemetry.Source.StartActivity("write result");
        activity?.SetTag("dossier.id", dossier.Id);
        db.Documents.Add(await papers.UnsignedResultAsync(dossier, ct));
        db.Enqueue(new ResultSigningDue(dossier.Id, 1));
    }
}
