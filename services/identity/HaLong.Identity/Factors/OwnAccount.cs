using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

/// <summary>How somebody signs in is never anybody else's business: no delegate, representative or helper gets here.</summary>
internal static class OwnAccount
{
    public static ValueTask<object?> OnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Caller.From(context.HttpContext.User).ActsForAnother ? ValueTask.FromResult<object?>(IdentityErrors.OnlyTheOwner.ToProblem()) : next(context);

    public static Task<Account?> FindAsync(IdentityDbContext db, Caller caller, CancellationToken ct) =>
        db.Accounts.SingleOrDefaultAsync(a => a.Id == caller.AccountId && !a.IsClosed, ct);
}
