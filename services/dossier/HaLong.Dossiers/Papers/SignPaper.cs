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
/// Has a written paper sealed with the seal of the unit that issued the form, and stores it. What goes wrong comes back as a delayed outbox row
/// with a growing pause; asking for the same paper twice gives the same seal.
/// </summary>
internal sealed partial class SignPaper(
    DossierDbContext db, Sealing sealing, PaperWork papers, IOptions<DossierOptions> options, PaperTelemetry telemetry, TimeProvider time, ILogger<SignPaper> log)
    : IConsumer<PaperSigningDue>
{
    public async Task Consume(ConsumeContext<PaperSigningDue> context)
    {
        var ct = context.CancellationToken;
        // Not locked while e-signature works: that can take as long as its deadline.
        var found = await db.FormPapers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == context.Message.PaperId, ct);
        if (found is not { WrittenAt: not null, SignedAt: null })
            return;
        using var activity = DossierTelemetry.Source.StartActivity("sign form");
        activity?.SetTag("dossier.id", found.DossierId);
        activity?.SetTag("form.kind", found.Kind);
        var document = await TrySignAsync(found, ct);
        if (await db.LockPaperAsync(found.Id, ct) is not { SignedAt: null } paper)
            return;
        if (!document.IsSuccess)
        {
            paper.Failed(time.Now());
            telemetry.Failed("sign", paper.Kind);
            db.Enqueue(new PaperSigningDue(paper.Id, context.Message.Attempt + 1), Sealing.PauseAfter(context.Message.Attempt, options.Value.SigningRetry));
            SigningFailed(log, paper.Kind, paper.DossierId, context.Message.Attempt, document.Error.Code);
            return;
        }
        db.Documents.Add(document.Value);
        paper.Sealed(time.Now());
        telemetry.Signed(paper.Kind);
    }

    private async Task<Result<DossierDocument>> TrySignAsync(FormPaper paper, CancellationToken ct)
    {
        var dossier = await db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == paper.DossierId, ct);
        var form = await db.IssuedForms.AsNoTracking().SingleAsync(f => f.Id == paper.FormId, ct);
        var unsigned = await WritePaper.UnsignedOf(db, paper).FirstAsync(ct);
        var data = FormData.Of(form);
        var answer = await sealing.SealAsync(
            new SealRequest(paper.Id, unsigned.Sha256, data.UnitCode, SignerOf(form, dossier), $"{FormLook.Title(form.Kind, form.Regime)} {data.Code}", data.Agency), ct);
        if (!answer.IsSuccess)
            return answer.Error;
        try
        {
            return await papers.SignedFormAsync(dossier, form, paper.Id, answer.Value.SignedPdf.ToByteArray(), answer.Value.SignerSubject, ct);
        }
        catch (ErrorException e)
        {
            return e.Error;
        }
    }

    /// <summary>Who issued the form; for what the platform wrote down, who answers for the dossier.</summary>
    private static Guid SignerOf(IssuedForm form, Dossier dossier) =>
        form.CreatedBy != Guid.Empty ? form.CreatedBy : dossier.ApproverId ?? dossier.OfficerId ?? dossier.Id;

    [LoggerMessage(4061, LogLevel.Warning, "Sealing form {Kind} of dossier {DossierId} failed at attempt {Attempt} with {Code}; tried again later")]
    private static partial void SigningFailed(ILogger log, string kind, Guid dossierId, int attempt, string code);
}
