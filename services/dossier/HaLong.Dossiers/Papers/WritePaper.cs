using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Papers;

/// <summary>
/// Writes the paper of a form and has it sealed. In two steps: the bytes are stored and committed before anybody seals them, so that every
/// attempt seals the same ones. A full disk or a missing key is waited out with growing pauses.
/// </summary>
internal sealed partial class WritePaper(
    DossierDbContext db, PaperWork papers, IOptions<DossierOptions> options, PaperTelemetry telemetry, TimeProvider time, ILogger<WritePaper> log)
    : IConsumer<PaperWritingDue>
{
    public async Task Consume(ConsumeContext<PaperWritingDue> context)
    {
        var ct = context.CancellationToken;
        if (await db.LockPaperAsync(context.Message.PaperId, ct) is not { WrittenAt: null } paper)
            return;
        using var activity = DossierTelemetry.Source.StartActivity("write form");
        activity?.SetTag("dossier.id", paper.DossierId);
        activity?.SetTag("form.kind", paper.Kind);
        try
        {
            if (await WriteAsync(paper, ct) is { } document)
                db.Documents.Add(document);
        }
        catch (ErrorException e)
        {
            paper.Failed(time.Now());
            telemetry.Failed("write", paper.Kind);
            db.Enqueue(new PaperWritingDue(paper.Id, context.Message.Attempt + 1), Sealing.PauseAfter(context.Message.Attempt, options.Value.SigningRetry));
            WritingFailed(log, e, paper.Kind, paper.DossierId, context.Message.Attempt, e.Error.Code);
            return;
        }
        paper.Written(time.Now());
        db.Enqueue(new PaperSigningDue(paper.Id, 1));
    }

    /// <summary>The paper, or null when it was written before: form 01 is, at acceptance.</summary>
    private async Task<DossierDocument?> WriteAsync(FormPaper paper, CancellationToken ct)
    {
        if (await UnsignedOf(db, paper).AnyAsync(ct))
            return null;
        var dossier = await db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == paper.DossierId, ct);
        var content = paper.Kind == PaperForm.Control
            ? await ControlSlip.ReadAsync(db, paper.DossierId, ct)
            : FormContent.Of(await db.IssuedForms.AsNoTracking().SingleAsync(f => f.Id == paper.FormId, ct));
        return await papers.UnsignedFormAsync(dossier, content, paper.Id, ct);
    }

    /// <summary>The bytes that are to be sealed; those of a receipt from before papers were sealed do not name it.</summary>
    public static IQueryable<DossierDocument> UnsignedOf(DossierDbContext db, FormPaper paper) => db.Documents.AsNoTracking().Where(d => d.DossierId == paper.DossierId
        && ((d.Kind == DocumentKind.UnsignedForm && d.ResultId == paper.Id) || (d.Kind == DocumentKind.Receipt && paper.Kind == PaperForm.Receipt)));

    [LoggerMessage(4060, LogLevel.Warning, "Writing form {Kind} of dossier {DossierId} failed at attempt {Attempt} with {Code}; tried again later")]
    private static partial void WritingFailed(ILogger log, Exception e, string kind, Guid dossierId, int attempt, string code);
}
