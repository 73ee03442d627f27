using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>The registrations that the caller has filed, newest first; one that is open can be withdrawn.</summary>
internal sealed class OwnClaims(IdentityDbContext db, Caller caller, TimeProvider time)
{
    private IQueryable<OrganisationClaim> Mine => db.OrganisationClaims.Where(c => c.ClaimantId == caller.ActorId && !caller.ActsForAnother);

    public async Task<IResult> ListAsync(string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var claims = Mine;
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return CommonErrors.BadRequest.ToProblem();
            claims = claims.Where(c => c.Id < last);
        }

        var rows = await claims.AsNoTracking().OrderByDescending(c => c.Id).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(rows.ConvertAll(ClaimView.Of), size.Value, c => [c.Id.ToString()]));
    }

    public async Task<IResult> GetAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await Mine.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } claim)
            return OrganisationErrors.ClaimNotFound.ToProblem();
        Etag.Set(http.Response, claim.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(ClaimView.Of(claim));
    }

    public async Task<IResult> WithdrawAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await Mine.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } claim)
            return OrganisationErrors.ClaimNotFound.ToProblem();
        if (Etag.Check(http.Request, claim.Version) is { } stale)
            return stale.ToProblem();
        var withdrawn = claim.Withdraw(time.GetStoredNow());
        if (!withdrawn.IsSuccess)
            return withdrawn.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
