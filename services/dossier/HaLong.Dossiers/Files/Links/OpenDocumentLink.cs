using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Files.Links;

/// <summary>
/// Opens a document by a link. The request goes on in the name of the maker of the link and through the same door as his own: rights, unit,
/// delegation and session count as they are now, and the reading is recorded as his.
/// </summary>
internal sealed class OpenDocumentLink(DossierDbContext db, RevocationList revocations, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGroup("/api/v1/document-links").WithTags("Dossiers")
        .MapGet("/{secret}", (string secret, OpenDocumentLink handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(secret, http, ct))
        .AllowAnonymous()
        .WithSummary("Content of a document by a short-lived link; supports ranges")
        .Answers(200, 206, 304, 404, 409, 416, 503);

    private async Task<IResult> HandleAsync(string secret, HttpContext http, CancellationToken ct)
    {
        var (hash, now) = (CreateDocumentLink.HashOf(secret), time.GetUtcNow());
        if (await db.DocumentLinks.AsNoTracking().SingleOrDefaultAsync(l => l.SecretHash == hash && l.ExpiresAt > now, ct) is not { } link)
            return FileErrors.LinkNotFound.ToProblem();
        var holder = LinkHolder.Read(link.Claims);
        if (revocations.Current.Contains(LinkHolder.TokenOf(holder)))
            return FileErrors.LinkNotFound.ToProblem();
        // Set before anybody asks who calls; a token that came along by chance must not mix in.
        http.User = holder;
        http.Request.Headers.Remove("Authorization");
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return await http.RequestServices.GetRequiredService<GetDocument>().HandleAsync(link.DossierId, link.DocumentId, http, ct);
    }
}
