using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using MassTransit;

namespace HaLong.Dossiers.Features.Results;

/// <summary>A result that was downloaded is handed over: the dossier is finished, once.</summary>
internal sealed class RecordDownload(DossierDbContext db, DossierTelemetry telemetry, TimeProvider time) : IConsumer<ResultDownloaded>
{
    public async Task Consume(ConsumeContext<ResultDownloaded> context)
    {
        var message = context.Message;
        if (await db.LockAsync(message.DossierId, context.CancellationToken) is not { Status: DossierStatus.Resolved } dossier
            || dossier.ResultDocumentId != message.DocumentId
            || !dossier.Receive(message.By, time.Now()).IsSuccess)
            return;
        db.Record(dossier);
        telemetry.Moved(Moves.Receive);
    }
}
