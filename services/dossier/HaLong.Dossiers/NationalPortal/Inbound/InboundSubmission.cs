using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Fees;
using HaLong.Dossiers.Filing.Checks;
using HaLong.Dossiers.Filing.Duplicates;
using HaLong.Dossiers.Filing.Receipts;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>
/// Makes a dossier of a filing: first a draft with its documents, because the checks look at what is stored; then all checks of a submission, and in
/// one transaction the dossier with the portal's code, its receipt and the note that the filing is filed. After a crash in between only the draft is
/// there, and the next attempt removes it.
/// </summary>
internal sealed class InboundSubmission(
    DossierDbContext db, ProcedureCatalogue catalogue, FormOpening opening, FormCatalogue forms, FileStore store, IEnumerable<ISubmissionCheck> checks,
    DuplicateCheck duplicates, FeeBases feeBases, ReceiptWriter receipts, DossierTelemetry telemetry, IOptions<FileOptions> files, TimeProvider time)
{
    private const string Channel = "online";
    private static readonly SubmissionRequest Plain = new(null, null, null);

    /// <summary>Files it, or says everything that stands in the way.</summary>
    public async Task<Result> FileAsync(InboundFiling row, Understood filing, CancellationToken ct)
    {
        var opened = await OpenAsync(row, filing, ct);
        if (!opened.IsSuccess)
            return opened.Error;
        db.ChangeTracker.Clear();
        return await SubmitAsync(row.Code, opened.Value, filing, ct);
    }

    private async Task<Result<Guid>> OpenAsync(InboundFiling row, Understood filing, CancellationToken ct)
    {
        var now = time.Now();
        var (procedure, owner) = (filing.Procedure, filing.Owner);
        var form = await opening.ChooseAsync(procedure.Code, filing.Data, fill: false, ct);
        var applicant = new Applicant(owner.Id, owner.Name, owner.Check, owner.Id, Channel);
        var fees = await catalogue.FeesAsync(procedure, Channel, LocalTime.Date(now), ct);
        var dossier = Dossier.Open(Guid.CreateVersion7(now), procedure, filing.Placement.Competent, applicant, filing.Subject, form.Data, fees, now);
        dossier.Place(filing.Placement, now);
        dossier.CameFrom(IntakeSource.Portal);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Dossiers.Add(dossier);
        opening.Bind(dossier, form);
        foreach (var file in filing.Files)
        {
            // As with uploads: the sweep of files that are nobody's waits or has been.
            await db.LockFileAsync(file.Sha256, shared: true, ct);
            if (!await store.ExistsAsync(file.Sha256, ct))
                return DossierErrors.StorageUnavailable;
            db.Documents.Add(DocumentOf(dossier, file, now));
        }

        row.DossierId = dossier.Id;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return dossier.Id;
    }

    private DossierDocument DocumentOf(Dossier dossier, FetchedFile file, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        DossierId = dossier.Id,
        Kind = DocumentKind.Component,
        Component = file.Component,
        FileName = file.Name,
        MediaType = file.Type.MediaType,
        Size = file.Size,
        Sha256 = file.Sha256,
        Origin = DocumentOrigin.Uploaded,
        CreatedBy = dossier.OwnerId,
        CreatedAt = now,
        PreflightDueAt = files.Value.Preflight.Enabled ? now : null,
    };

    private async Task<Result> SubmitAsync(string code, Guid id, Understood filing, CancellationToken ct)
    {
        var dossier = await db.Dossiers.SingleAsync(d => d.Id == id, ct);
        var now = time.Now();
        var documents = await db.Documents.AsNoTracking().Where(d => d.DossierId == id && d.Kind == DocumentKind.Component).ToListAsync(ct);
        var toCheck = new FilingCase(dossier, filing.Procedure, filing.Content, documents, Plain, now, LocalTime.Date(now))
        {
            FilledForm = await FilledFormAsync(dossier, filing.Content, ct),
        };
        var defects = new Defects();
        foreach (var check in checks)
            await check.CheckAsync(toCheck, defects, ct);
        if (defects.ToError() is { } refusal)
            return refusal;

        var circumstances = new FeeCircumstances(Channel, toCheck.Day) { Moment = FeeMoment.Filing, Assurance = filing.Owner.Assurance };
        var basis = await feeBases.OfAsync(filing.Procedure, circumstances, [], toCheck.ChosenFees, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var decided = await duplicates.DecideAsync(toCheck, dossier.OwnerId, ct);
        if (!decided.IsSuccess)
            return decided.Error;
        dossier.Place(toCheck.Placement!, now);
        dossier.QuoteFrom(basis);
        var submitted = dossier.Submit(code, filing.Procedure, FeeSchedule.Items(basis.Terms),
            new Actor(dossier.OwnerId, Roles.Citizen, null, dossier.OwnerName), now);
        if (!submitted.IsSuccess)
            return submitted.Error;
        db.SubmissionReceipts.Add(await receipts.WriteAsync(dossier, documents, ct));
        (await db.Set<InboundFiling>().SingleAsync(f => f.Code == code, ct)).File(id, now);
        db.Record(dossier);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation,
            ConstraintName: "ix_dossier_code"
        })
        {
            return InboundErrors.CodeTaken;
        }

        await transaction.CommitAsync(ct);
        telemetry.Moved("submit");
        return Result.Success;
    }

    /// <summary>The own form that somebody wrote into; as with other submissions.</summary>
    private async Task<string?> FilledFormAsync(Dossier dossier, ProcedureContent content, CancellationToken ct)
    {
        if (!content.Components.Any(c => c.OwnForm is not null) || !JsonElement.Parse(dossier.Data).EnumerateObject().Any())
            return null;
        return (await forms.OfDossierAsync(dossier.Id, ct))?.Version.Form;
    }
}
