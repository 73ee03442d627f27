using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Results;
using HaLong.Dossiers.Files;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>The content of a document, for the owner and the officials of the unit; whole or in ranges.</summary>
internal sealed class GetDocument(DossierDbContext db, DossierDesk desk, FileStore store, ReadRecord reads, NoticeDownload downloads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/documents/{documentId:guid}",
            (Guid id, Guid documentId, GetDocument handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, documentId, http, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Content of a document; supports ranges and If-None-Match")
        .Answers(200, 206, 304, 403, 404, 409, 416, 503);

    /// <summary>Streams a document that the caller may see.</summary>
    public IResult Stream(DossierDocument document, HttpContext http)
    {
        // What others uploaded must never be taken for a page of ours.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-cache";
        return new StoredFileResult(document, store);
    }

    /// <summary>Also for who comes by a link, in the name of its maker.</summary>
    public async Task<IResult> HandleAsync(Guid id, Guid documentId, HttpContext http, CancellationToken ct)
    {
        var document = await db.Documents.AsNoTracking()
            .SingleOrDefaultAsync(d => d.Id == documentId && d.DossierId == id && !DocumentKind.Hidden.Contains(d.Kind), ct);
        var owner = await desk.OwnerAsync(id, document?.Kind == DocumentKind.Result ? Acts.ResultRead : Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        if (document is null)
            return DossierErrors.DocumentNotFound.ToProblem();
        if (document.Preflight?.IsInfected == true)
            return FileErrors.Infected.ToProblem();
        await reads.AddAsync(ReadRecord.Document, documentId, owner.Value, ct);
        await downloads.OfAsync(document, owner.Value, http, ct);
        return Stream(document, http);
    }
}
