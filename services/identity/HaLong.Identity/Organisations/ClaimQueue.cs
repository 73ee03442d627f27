using HaLong.Identity.AccessLog;
using HaLong.Identity.Counter;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>The claims to be shown at the official's unit; those of other units do not exist for him.</summary>
internal sealed class ClaimQueue(IdentityDbContext db, CounterDesk counter, PersonalNumbers numbers)
{
    /// <param name="Id">The claim.</param>
    /// <param name="TaxCode">The code; null for a household business.</param>
    /// <param name="Name">Name of the organisation.</param>
    /// <param name="State">claimed, verified, refused or withdrawn.</param>
    /// <param name="FiledAt">When it was filed.</param>
    internal sealed record Line(Guid Id, string? TaxCode, string Name, string State, DateTimeOffset FiledAt);

    /// <param name="Claim">What was claimed.</param>
    /// <param name="Claimant">Who claims it.</param>
    /// <param name="CodeIsTaken">True when there is an organisation with this code: then its representative changes, or the claim is refused.</param>
    /// <param name="OrganisationId">That organisation.</param>
    internal sealed record View(ClaimView Claim, ClaimantView Claimant, bool CodeIsTaken, Guid? OrganisationId);

    /// <param name="AccountId">The account.</param>
    /// <param name="Name">To be compared with the certificate.</param>
    /// <param name="PersonalNumber">Masked.</param>
    /// <param name="Level">2: verified.</param>
    internal sealed record ClaimantView(Guid AccountId, string Name, string? PersonalNumber, int Level);

    public async Task<IResult> ListAsync(string? state, string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (state is not null && !ClaimState.All.Contains(state))
            return OrganisationErrors.DecisionInvalid.WithField("state", "Một trong: " + string.Join(", ", ClaimState.All), "One of: " + string.Join(", ", ClaimState.All)).ToProblem();
        var claims = Here.Where(c => c.State == (state ?? ClaimState.Claimed));
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return CommonErrors.BadRequest.ToProblem();
            claims = claims.Where(c => c.Id > last);
        }

        // Who has waited longest comes first.
        var rows = await claims.OrderBy(c => c.Id).Select(c => new Line(c.Id, c.TaxCode, c.Name, c.State, c.FiledAt)).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(rows, size.Value, c => [c.Id.ToString()]));
    }

    public async Task<IResult> GetAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } claim)
            return OrganisationErrors.ClaimNotFound.ToProblem();
        await counter.RecordAsync([claim.ClaimantId], AccessWords.OrganisationClaim, id, AccessWords.OrganisationVerification, null, ct);
        return await ShowAsync(claim, http, ct);
    }

    public Task<OrganisationClaim?> FindAsync(Guid id, CancellationToken ct) => Here.SingleOrDefaultAsync(c => c.Id == id, ct);

    public async Task<IResult> ShowAsync(OrganisationClaim claim, HttpContext http, CancellationToken ct)
    {
        var claimant = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == claim.ClaimantId, ct);
        var taken = await db.Organisations.Where(o => o.CodeKey == claim.CodeKey).Select(o => (Guid?)o.AccountId).SingleOrDefaultAsync(ct);
        Etag.Set(http.Response, claim.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new View(
            ClaimView.Of(claim), new ClaimantView(claimant.Id, claimant.DisplayName, numbers.Of(claimant)?.ToString(), claimant.Level), taken is not null, taken));
    }

    private IQueryable<OrganisationClaim> Here => db.OrganisationClaims.Where(c => c.UnitCode == counter.Unit);
}
