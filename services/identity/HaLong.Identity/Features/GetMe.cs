using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Features;

/// <summary>What the platform knows about who is signed in.</summary>
internal static class GetMe
{
    /// <param name="Id">The account; claim sub of its tokens.</param>
    /// <param name="Kind">citizen, organisation, official or helper.</param>
    /// <param name="UserName">Name to sign in with.</param>
    /// <param name="DisplayName">Name to show.</param>
    /// <param name="PersonalNumber">Masked but for the last four digits.</param>
    /// <param name="Email">Contact point.</param>
    /// <param name="Phone">Contact point.</param>
    /// <param name="Language">vi or en.</param>
    /// <param name="Unit">The unit an official or helper works for.</param>
    /// <param name="Roles">Roles as in the token.</param>
    /// <param name="Version">Revision, also the ETag; one for profile, contact points and preferences.</param>
    /// <param name="Assurance">1 self-registered, 2 verified.</param>
    /// <param name="BirthDate">yyyy-MM-dd, where it is known.</param>
    /// <param name="Sex">male, female or null.</param>
    internal sealed record View(
        Guid Id, string Kind, string UserName, string DisplayName, string? PersonalNumber, string? Email, string? Phone, string Language,
        UnitView? Unit, IReadOnlyList<string> Roles, uint Version, int Assurance, DateOnly? BirthDate, string? Sex);

    internal sealed record UnitView(string Code, string NameVi, string NameEn);

    public static async Task<IResult> HandleAsync(
        Caller caller, IdentityDbContext db, PersonalNumbers numbers, StaffDirectory staff, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.AccountId && !a.IsClosed, ct);
        if (account is null)
            return IdentityErrors.AccountNotFound.ToProblem();

        var today = LocalTime.Date(time.GetUtcNow());
        var standing = await staff.StandingOfAsync(account, caller.Unit, time.GetUtcNow(), ct);
        var unit = standing.Unit is null ? null : await ListUnits.ValidOn(db, today).SingleOrDefaultAsync(u => u.Code == standing.Unit, ct);
        var sex = await db.Profiles.Where(p => p.AccountId == account.Id).Select(p => p.Sex).SingleOrDefaultAsync(ct);
        Etag.Set(http.Response, account.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new View(
            account.Id, account.Kind, account.UserName, account.DisplayName, numbers.Of(account)?.ToString(), account.Email, account.Phone,
            account.Language, unit is null ? null : new UnitView(unit.Code, unit.NameVi, unit.NameEn), standing.Roles, account.Version,
            account.Level, account.BirthDate, sex));
    }
}
