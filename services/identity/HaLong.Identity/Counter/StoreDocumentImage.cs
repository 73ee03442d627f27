using HaLong.Identity.Administration;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.PersonalData;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Counter;

/// <summary>
/// The official who has just verified somebody stores an image of the document, sealed like the person's own and in the same place: it takes
/// the place of an older image of that side. Optional.
/// </summary>
internal sealed class StoreDocumentImage(
    IdentityDbContext db, CounterDesk desk, FieldVault vault, AuditTrail audit, Caller caller, IOptions<CounterOptions> options, TimeProvider time)
{
    public async Task<IResult> HandleAsync(Guid id, string side, HttpContext http, CancellationToken ct)
    {
        if (await desk.CitizenAsync(id, ct) is null)
            return IdentityErrors.AccountNotFound.ToProblem();
        var since = desk.Now - options.Value.ImageWindow;
        var verification = await db.AccountVerifications.AsNoTracking()
            .Where(v => v.AccountId == id && v.VerifiedBy == caller.ActorId && v.UndoneAt == null && v.VerifiedAt > since).Select(v => (Guid?)v.Id).FirstOrDefaultAsync(ct);
        if (verification is null)
            return VerificationErrors.NotVerifiedByYou.ToProblem();
        // Saved together with the image, or not at all.
        audit.Record("account.document_stored", AuditTarget.Account, id, await desk.UnitIdAsync(ct), null, new { Side = side, Verification = verification });
        return await OwnIdentityDocuments.StoreAsync(id, side, $"/api/v1/accounts/{id}/identity-documents/{side}", db, vault, time, http, ct);
    }
}
