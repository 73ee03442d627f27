using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Reuse;

/// <summary>
/// Attaches a document of the owner's store instead of a new file: a row with the same content hash, no byte moves. It then belongs to the dossier
/// like any other and stays with it, whatever becomes of the first one.
/// </summary>
internal sealed class ReuseDocument(
    DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, ActingRights rights, DocumentStore documents, FileStore store, IOptions<FileOptions> options,
    Caller caller, ReuseTelemetry telemetry, TimeProvider time)
{
    /// <param name="Component">Number of the component from 1.</param>
    /// <param name="DocumentId">Document of the store.</param>
    internal sealed record Request(int? Component, Guid? DocumentId);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/documents/reuse", (Guid id, Request request, ReuseDocument handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Attach a document of the owner's store to a draft, or to what was asked for")
        .Answers<DocumentView>(201, 400, 403, 404, 409, 412, 413, 422, 503);

    private async Task<IResult> HandleAsync(Guid id, Request request, HttpContext http, CancellationToken ct)
    {
        var own = await desk.TakeOwnAsync(id, Acts.DossierScan, http.Request, ct);
        if (!own.IsSuccess)
            return own.Error.ToProblem();
        var dossier = own.Value;
        if (!DossierStatus.TakingDocuments.Contains(dossier.Status))
            return dossier.WrongState().ToProblem();
        var components = catalogue.ContentOf(await catalogue.GetAsync(dossier.ProcedureId, ct)).Components;
        if (request.Component is not { } number || number < 1 || number > components.Count)
            return DossierErrors.UnknownComponent.WithField("component", $"Từ 1 đến {components.Count}.", $"1 to {components.Count}.").ToProblem();
        if (dossier.RefusalToAdd(number) is { } refusal)
            return refusal.ToProblem();
        var found = await FindAsync(dossier, request.DocumentId ?? Guid.Empty, components[number - 1], ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var allowed = await rights.CommitAsync(Acts.DossierScan, dossier, ct);
        return allowed.IsSuccess ? await AddAsync(dossier, number, found.Value, http, ct) : allowed.Error.ToProblem();
    }

    private async Task<Result<DossierDocument>> FindAsync(Dossier dossier, Guid documentId, ProcedureComponent component, CancellationToken ct)
    {
        var rows = await documents.RowsAsync(withResults: false, ct);
        if (!rows.IsSuccess)
            return rows.Error;
        // Of this owner: who files for somebody else at the counter has a store of his own.
        if (await rows.Value.SingleOrDefaultAsync(r => r.Document.Id == documentId && r.Dossier.OwnerId == dossier.OwnerId && r.Dossier.Id != dossier.Id, ct) is not { } row)
            return ReuseErrors.NotInStore;
        if (ReuseRules.Refusal(await documents.DescribeAsync(row, ct), component) is { } refusal)
            return refusal;
        return row.Document.Preflight?.IsInfected == true ? FileErrors.Infected : row.Document;
    }

    private async Task<IResult> AddAsync(Dossier dossier, int component, DossierDocument source, HttpContext http, CancellationToken ct)
    {
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        var there = await db.Documents.AsNoTracking().Where(d => d.DossierId == dossier.Id).Select(d => new { d.Component, d.Sha256, d.Size }).ToListAsync(ct);
        if (there.Exists(d => d.Component == component && d.Sha256 == source.Sha256))
            return ReuseErrors.AlreadyThere.ToProblem();
        if (there.Count >= options.Value.MaxDossierFiles || there.Sum(d => d.Size) + source.Size > options.Value.MaxDossierBytes)
            return DossierErrors.DossierFull.ToProblem();
        await db.LockFileAsync(source.Sha256, shared: true, ct);
        if (!await store.ExistsAsync(source.Sha256, ct))
            return DossierErrors.StorageUnavailable.ToProblem();
        var now = time.Now();
        var document = new DossierDocument
        {
            Id = Guid.CreateVersion7(now),
            DossierId = dossier.Id,
            Kind = DocumentKind.Component,
            Component = component,
            FileName = source.FileName,
            MediaType = source.MediaType,
            Size = source.Size,
            Sha256 = source.Sha256,
            Origin = DocumentOrigin.FromStore,
            ReusedFrom = source.ReusedFrom ?? source.Id,
            CreatedBy = caller.ActorId,
            CreatedAt = now,
            // What was found in the same bytes; what the platform made itself needs no looking at.
            Preflight = source.Preflight,
            PreflightDueAt = source.Kind == DocumentKind.Component && source.Preflight is null && options.Value.Preflight.Enabled ? now : null,
        };
        db.Documents.Add(document);
        dossier.Touch(now);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, dossier.Version);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        telemetry.Reused(source.Kind);
        return TypedResults.Created($"/api/v1/dossiers/{dossier.Id}/documents/{document.Id}", DocumentView.Of(document));
    }
}
