using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Results;

/// <summary>
/// Whoever downloads the whole result as its owner, or for him, has received it. Reading must not wait for that nor fail by it: it is noted in
/// the outbox and becomes a transition in the background.
/// </summary>
internal sealed class NoticeDownload(DossierDbContext db, Caller caller)
{
    public async Task OfAsync(DossierDocument document, Guid ownerId, HttpContext http, CancellationToken ct)
    {
        var partial = http.Request.Headers.Range.Count > 0 || http.Request.Headers.IfNoneMatch.Count > 0;
        if (document.Kind != DocumentKind.Result || ownerId != caller.AccountId || partial
            || !await db.Dossiers.AnyAsync(d => d.Id == document.DossierId && d.Status == DossierStatus.Resolved && d.ResultDocumentId == document.Id && d.OriginalsHeld == 0, ct))
            return;
        db.Enqueue(new ResultDownloaded(document.DossierId, document.Id, caller.DisplayName));
        await db.SaveChangesAsync(ct);
    }
}
