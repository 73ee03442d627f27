using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Papers;

/// <summary>Once a dossier is over nothing is added to its control slip any more: it is written and sealed, once.</summary>
internal sealed class CloseControlSlip(DossierDbContext db, TimeProvider time) : IConsumer<ControlSlipDue>
{
    public async Task Consume(ConsumeContext<ControlSlipDue> context)
    {
        var ct = context.CancellationToken;
        if (await db.LockAsync(context.Message.DossierId, ct) is not { } dossier || !DossierStatus.Over.Contains(dossier.Status)
            || await ControlSlip.LastAsync(db, dossier.Id, ct) is not { } form
            || await db.FormPapers.AnyAsync(p => p.FormId == form.Id, ct))
            return;
        var paper = FormPaper.Of(form, time.GetUtcNow());
        db.FormPapers.Add(paper);
        db.Enqueue(new PaperWritingDue(paper.Id, 1));
    }
}
