using System.Security.Claims;
using HaLong.Identity.Persistence;
using Microsoft.AspNetCore.Authentication;

namespace HaLong.Identity.Sessions;

/// <summary>Signing out: the session ends in the database first, so that a copied cookie or token ends with it.</summary>
internal sealed class SessionEnd(IdentityDbContext db, SessionCookie cookies, Revocations revocations)
{
    public async Task SignOutAsync(HttpContext http, CancellationToken ct)
    {
        if (await cookies.FindAsync(http, ct) is { } session)
        {
            revocations.End(session, EndReasons.SignedOut);
            await db.SaveChangesAsync(ct);
        }

        await http.SignOutAsync(SessionCookie.Scheme);
    }

    /// <summary>Ends the session that an id token names: the browser's cookie may be gone long before the front end's tokens are.</summary>
    public async Task EndNamedAsync(ClaimsPrincipal? principal, CancellationToken ct)
    {
        if (await cookies.FindAsync(principal, ct) is not { } session)
            return;
        revocations.End(session, EndReasons.SignedOut);
        await db.SaveChangesAsync(ct);
    }
}
