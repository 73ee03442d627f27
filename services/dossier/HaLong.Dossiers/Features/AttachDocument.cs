using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Files.Checks;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features;

/// <summary>Attaches a document to a draft: streamed with the request, uploaded before, or joined of several photos.</summary>
internal sealed class AttachDocument(
    DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, ActingRights rights, FileStore store, DocumentIntake intake, IOptions<FileOptions> options,
    Caller caller, DossierTelemetry telemetry, PreflightSignal preflight, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/documents", (Guid id, AttachDocument handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Attach a document to a draft, or one that was asked for: multipart/form-data with the field component (a number, or feeEvidence) and parts file or fields uploadId, or JSON with uploadIds")
        .Answers<DocumentView>(201, 400, 403, 404, 409, 412, 413, 415, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var own = await desk.OwnAsync(Acts.DossierScan, toChange: true, ct);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        if (await own.Value.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } dossier)
            return DossierErrors.DossierNotFound.ToProblem();
        // With a key the answer may be stored already, from when this still was a draft: decided below.
        if (!DossierStatus.TakingDocuments.Contains(dossier.Status) && !http.Request.Headers.ContainsKey(Idempotency.Header))
            return dossier.WrongState().ToProblem();
        var boundary = UploadReader.BoundaryOf(http.Request);
        if (boundary is null && !http.Request.HasJsonContentType())
            return DossierErrors.WrongMediaType.ToProblem();
        if (http.Request.ContentLength > options.Value.MaxDossierBytes + UploadReader.Overhead)
            return DossierErrors.FileTooLarge.Format(options.Value.MaxBytes / (1024 * 1024)).ToProblem();
        // The server's own limit is for small bodies; here the limit is counted while streaming.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        using var form = boundary is null
            ? await UploadReader.ReadJsonAsync(http.Request, ct)
            : await UploadReader.ReadAsync(http.Request.Body, boundary, store, options.Value, ct);
        if (form.Files.Count + form.UploadIds.Count == 0 || form.Files.Exists(f => f.File.Size == 0))
            return DossierErrors.BadUpload.ToProblem();
        var components = catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct)).Components.Count;
        var component = int.TryParse(form.Component, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        if (form.Component != DocumentKind.FeeEvidence && component is null or < 1 || component > components)
            return DossierErrors.UnknownComponent.WithField("component", $"Từ 1 đến {components}.", $"1 to {components}.").ToProblem();
        if (DossierStatus.TakingDocuments.Contains(dossier.Status) && dossier.RefusalToAdd(component) is { } refusal)
            return refusal.ToProblem();
        // Uploads are gone once they are attached: what makes a request the same is what it named, not what was found.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            $"POST {http.Request.Path}\n{form.Component} {form.Join}\n{string.Join('\n', form.Files.Select(f => f.File.Sha256 + f.Name))}\n{string.Join('\n', form.UploadIds)}"));
        var taken = await intake.TakeAsync(form, ct);
        if (!taken.IsSuccess && !http.Request.Headers.ContainsKey(Idempotency.Header))
            return taken.Error.ToProblem();
        return await Idempotency.RunAsync(db, http, hash, () => taken.IsSuccess
            ? AddAsync(dossier, New(dossier, component, taken.Value), taken.Value.UploadIds, own.Value, http, ct)
            : Task.FromResult(taken.Error.ToProblem()));
    }

    private DossierDocument New(Dossier dossier, int? component, TakenIn file)
    {
        var now = time.Now();
        return new DossierDocument
        {
            Id = Guid.CreateVersion7(),
            DossierId = dossier.Id,
            Kind = component is null ? DocumentKind.FeeEvidence : DocumentKind.Component,
            Component = component,
            FileName = file.FileName,
            MediaType = file.Type.MediaType,
            Size = file.Size,
            Sha256 = file.Sha256,
            Origin = dossier.CounterBy == caller.ActorId ? DocumentOrigin.ScannedAtReception : DocumentOrigin.Uploaded,
            CreatedBy = caller.ActorId,
            CreatedAt = now,
            PreflightDueAt = options.Value.Preflight.Enabled ? now : null,
        };
    }

    private async Task<IResult> AddAsync(
        Dossier dossier, DossierDocument document, IReadOnlyList<Guid> uploadIds, IQueryable<Dossier> own, HttpContext http, CancellationToken ct)
    {
        // Asked again: the upload may have taken longer than the right lasted. And before the transaction, which others may wait for.
        var hand = await rights.HandAsync(Acts.DossierScan, dossier, ct);
        if (!hand.IsSuccess)
            return hand.Error.ToProblem();
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        if (Etag.IsConditional(http.Request) && await db.LockAsync(document.DossierId, ct) is { } locked && Etag.Check(http.Request, locked.Version) is { } stale)
            return stale.ToProblem();
        // Touching the dossier gives it a new revision, makes uploads to it take turns, and makes a submission that runs now lose.
        var touched = await own.Where(d => d.Id == document.DossierId && DossierStatus.TakingDocuments.Contains(d.Status))
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.UpdatedAt, document.CreatedAt), ct);
        if (touched == 0)
        {
            var now = await own.AsNoTracking().SingleOrDefaultAsync(d => d.Id == document.DossierId, ct);
            return (now?.WrongState() ?? DossierErrors.DossierNotFound).ToProblem();
        }
        var sums = await db.Documents.Where(d => d.DossierId == document.DossierId && (d.Kind == DocumentKind.Component || d.Kind == DocumentKind.FeeEvidence)).GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(), Size = g.Sum(d => d.Size) }).SingleOrDefaultAsync(ct);
        if (sums is not null && (sums.Count >= options.Value.MaxDossierFiles || sums.Size + document.Size > options.Value.MaxDossierBytes))
            return DossierErrors.DossierFull.ToProblem();
        // The sweep, which may be about to remove the same content as nobody's, waits or has been; then it is not there any more.
        await db.LockFileAsync(document.Sha256, shared: true, ct);
        if (!await store.ExistsAsync(document.Sha256, ct))
            return DossierErrors.StorageUnavailable.ToProblem();
        if (uploadIds.Count > 0 && await db.Uploads.Where(u => uploadIds.Contains(u.Id) && u.ActorId == caller.ActorId).ExecuteDeleteAsync(ct) != uploadIds.Distinct().Count())
            return FileErrors.UploadNotFound.ToProblem();
        db.Documents.Add(document);
        if (hand.Value is { } worked)
            (await db.Dossiers.SingleAsync(d => d.Id == document.DossierId, ct)).WorkedOn(worked);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, await db.Dossiers.Where(d => d.Id == document.DossierId).Select(d => d.Version).SingleAsync(ct));
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        telemetry.Uploaded(document.Size);
        http.Response.OnCompleted(() =>
        {
            preflight.Set();
            return Task.CompletedTask;
        });
        return TypedResults.Created($"/api/v1/dossiers/{document.DossierId}/documents/{document.Id}", DocumentView.Of(document));
    }
}
