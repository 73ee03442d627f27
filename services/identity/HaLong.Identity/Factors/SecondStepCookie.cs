using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.Factors;

/// <summary>Half a sign-in: the first factor was right, the second is still to come.</summary>
internal sealed record PendingSignIn(Account Account, SignInProof Proof, string ReturnUrl);

/// <summary>Remembers for five minutes, in a cookie of its own, that the first factor was right. It opens nothing but the second step.</summary>
internal sealed class SecondStepCookie(IdentityDbContext db)
{
    public const string Scheme = "second-step";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string AssuranceClaim = "loa";
    private const string ReturnUrl = "returnUrl";

    public static Task IssueAsync(HttpContext http, Account account, SignInProof proof, string returnUrl)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(Claims.Subject, account.Id.ToString()),
                new Claim(AssuranceClaim, proof.Assurance.ToString(CultureInfo.InvariantCulture)),
                .. proof.Methods.Select(m => new Claim(Claims.AuthenticationMethodReference, m)),
            ],
            Scheme);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity), new AuthenticationProperties(new Dictionary<string, string?> { [ReturnUrl] = returnUrl }));
    }

    /// <summary>The sign-in this browser is in the middle of; null when it took too long or the account was closed meanwhile.</summary>
    public async Task<PendingSignIn?> FindAsync(HttpContext http, CancellationToken ct)
    {
        var ticket = await http.AuthenticateAsync(Scheme);
        if (ticket.Principal is not { } principal || !Guid.TryParse(principal.FindFirstValue(Claims.Subject), out var id))
            return null;
        if (await db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed, ct) is not { } account)
            return null;

        var assurance = int.Parse(principal.FindFirstValue(AssuranceClaim) ?? "1", CultureInfo.InvariantCulture);
        var methods = principal.FindAll(Claims.AuthenticationMethodReference).Select(c => c.Value).ToList();
        return new PendingSignIn(account, new SignInProof(methods, Caller.BasicAcr, assurance), ticket.Properties?.Items[ReturnUrl] ?? "/");
    }

    public static Task ClearAsync(HttpContext http) => http.SignOutAsync(Scheme);
}
