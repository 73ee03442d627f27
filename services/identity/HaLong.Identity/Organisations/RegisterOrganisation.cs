using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Identity.Organisations;

/// <summary>
/// The legal representative registers an organisation. The answer never depends on whether the code is known: who represents the
/// organisation already is told, and the counter decides from the papers.
/// </summary>
internal sealed class RegisterOrganisation(
    IdentityDbContext db, PersonalNumbers numbers, Caller caller, IOptions<OrganisationOptions> options, TimeProvider time)
{
    /// <param name="Claim">The claim; the same one again when the caller has claimed this code before.</param>
    /// <param name="Warnings">What looks odd and may be right.</param>
    internal sealed record Filed(ClaimView Claim, IReadOnlyList<WarningView> Warnings);

    public async Task<IResult> HandleAsync(OrganisationInput request, HttpContext http, CancellationToken ct)
    {
        if (!caller.IsInRole(Roles.Citizen) || caller.ActsForAnother)
            return OrganisationErrors.OnlyPeople.ToProblem();
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.AccountId && !a.IsClosed, ct) is not { Level: >= 2 } person)
            return OrganisationErrors.LevelTooLow.ToProblem();
        var now = time.GetStoredNow();
        var (checkedDetails, warnings) = request.Check(person.Id, numbers.Of(person));
        var error = checkedDetails.IsSuccess ? OrganisationErrors.Invalid : checkedDetails.Error;
        var unit = request.Unit?.Trim();
        if (unit is null || !await ListUnits.ValidOn(db, LocalTime.Date(now)).AnyAsync(u => u.Code == unit, ct))
            error = error.WithField("unit", "Hãy chọn đơn vị nơi bạn sẽ xuất trình giấy tờ.", "Name the unit where you will show the papers.");
        if (error.FieldMessages.Count > 0)
            return error.ToProblem();

        var details = checkedDetails.Value;
        if (await FindAsync(details.CodeKey, ct) is { } known)
            return Accepted(known, warnings, http);
        if (await db.OrganisationClaims.CountAsync(c => c.ClaimantId == person.Id && c.FiledAt > now.AddDays(-1), ct) >= options.Value.ClaimsPerDay)
            return (OrganisationErrors.TooManyClaims with { RetryAfterSeconds = 3600 }).ToProblem();
        var claim = OrganisationClaim.File(Guid.CreateVersion7(now), person.Id, details, unit!, now); // Checked above.
        db.OrganisationClaims.Add(claim);
        db.Enqueue(new OrganisationClaimFiled(claim.Id));
        try
        {
            // Saved at a savepoint: when it fails, the transaction of an idempotency key goes on without it.
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            if (await FindAsync(details.CodeKey, ct) is not { } first)
                throw;
            claim = first;
        }

        return Accepted(claim, warnings, http);
    }

    private Task<OrganisationClaim?> FindAsync(string codeKey, CancellationToken ct) => db.OrganisationClaims.AsNoTracking()
        .SingleOrDefaultAsync(c => c.ClaimantId == caller.AccountId && c.CodeKey == codeKey && c.State == ClaimState.Claimed, ct);

    private static Accepted<Filed> Accepted(OrganisationClaim claim, IReadOnlyList<Warning> warnings, HttpContext http)
    {
        Etag.Set(http.Response, claim.Version);
        return TypedResults.Accepted($"/api/v1/me/organisation-claims/{claim.Id}", new Filed(ClaimView.Of(claim), [.. warnings.Select(w => w.View)]));
    }
}
