using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Profile;

/// <summary>Lets somebody change what accounts are taken over by: a recent sign-in, and a strong one for who has a second factor.</summary>
internal sealed class FreshOwner(IdentityDbContext db, Caller caller, SecondFactors factors)
{
    /// <summary>Does it with the account, after its revision was checked; refuses who has not proved enough.</summary>
    public async Task<IResult> DoAsync(HttpContext http, Func<Account, Task<IResult>> change, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await OwnAccount.FindAsync(db, caller, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        // Of who presses the button: a legal representative has the factors, the organisation has none.
        var hasFactor = (await factors.OfAsync(caller.ActorId, ct)).HasAny;
        if (StepUp.Demand(http, PageOwners.Fresh, strong: hasFactor) is { } challenge)
            return challenge;
        return Etag.Check(http.Request, account.Version) is { } stale ? stale.ToProblem() : await change(account);
    }
}
