using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

/// <summary>Who is signed in on one of the account pages.</summary>
internal sealed record PageOwner(Session Session, Account Account);

/// <summary>Lets a signed-in person onto the pages that change how to sign in, once they have shown enough of who they are.</summary>
internal sealed class PageOwners(IdentityDbContext db, SessionCookie sessions, SecondFactors factors, TimeProvider time)
{
    /// <summary>How recently somebody must have proved who they are to change how they do.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public const string SignInPath = "/account/sign-in";
    public const string StepUpPath = "/account/step-up";

    public async Task<PageOwner?> FindAsync(HttpContext http, CancellationToken ct)
    {
        if (await sessions.FindAsync(http, ct) is not { } session)
            return null;
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == session.AccountId && !a.IsClosed, ct);
        return account is null ? null : new PageOwner(session, account);
    }

    /// <summary>The owner, or the way to the page that makes them one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="back">Where to come back to: a page that can be opened by link.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<(PageOwner? Owner, IResult? Elsewhere)> RequireFreshAsync(HttpContext http, string back, CancellationToken ct)
    {
        if (await FindAsync(http, ct) is not { } owner)
            return (null, TypedResults.LocalRedirect(PageLink.To(http, SignInPath, back)));

        // Who has a second factor shows it; who has none shows the password again.
        var hasFactor = (await factors.OfAsync(owner.Account.Id, ct)).HasAny;
        if (time.GetUtcNow() - owner.Session.AuthenticatedAt <= Fresh && (!hasFactor || owner.Session.Acr == Caller.StrongAcr))
            return (owner, null);
        return (null, TypedResults.LocalRedirect(PageLink.To(http, hasFactor ? StepUpPath : SignInPath, back)));
    }
}
