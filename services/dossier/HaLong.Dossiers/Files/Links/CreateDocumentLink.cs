using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Links;

/// <summary>Makes a link that a browser can open by itself: in a new tab, in an image, in a download manager.</summary>
internal sealed class CreateDocumentLink(DossierDbContext db, DossierDesk desk, IOptions<FileOptions> options, TimeProvider time)
{
    private const int SecretBytes = 32;

    /// <summary>The link.</summary>
    /// <param name="Href">Path from the root of the platform.</param>
    internal sealed record Answer(string Href, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/documents/{documentId:guid}/links",
            (Guid id, Guid documentId, CreateDocumentLink handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, documentId, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Make a link to a document that works for five minutes without a token")
        .Answers<Answer>(201, 403, 404, 409, 422, 503);

    /// <summary>How the secret of a link is known.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private async Task<IResult> HandleAsync(Guid id, Guid documentId, HttpContext http, CancellationToken ct)
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
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = time.Now();
        var link = new DocumentLink
        {
            Id = Guid.CreateVersion7(now),
            SecretHash = HashOf(secret),
            DossierId = id,
            DocumentId = documentId,
            Claims = LinkHolder.Write(http.User),
            ExpiresAt = now + options.Value.LinkLifetime,
        };
        db.DocumentLinks.Add(link);
        await db.SaveChangesAsync(ct);
        var href = $"/api/v1/document-links/{secret}";
        return TypedResults.Created(href, new Answer(href, link.ExpiresAt));
    }
}
