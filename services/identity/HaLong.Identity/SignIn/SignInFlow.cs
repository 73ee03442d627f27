using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;

namespace HaLong.Identity.SignIn;

/// <summary>What follows once a factor was right: the second step where the account has one, else the session.</summary>
internal sealed class SignInFlow(IdentityDbContext db, SecondFactors factors, SessionCookie sessions, SignInLog log, TimeProvider time)
{
    public const string SecondStepPath = "/account/second-step";

    /// <summary>After a first factor. One that is strong by itself (a passkey) needs no second.</summary>
    public async Task<IResult> ContinueAsync(HttpContext http, Account account, SignInProof proof, string returnUrl, CancellationToken ct)
    {
        if (proof.Acr == Caller.StrongAcr || !(await factors.OfAsync(account.Id, ct)).HasAny)
            return await FinishAsync(http, account, proof, returnUrl, ct);

        log.Add(StepOutcome.SecondStepAsked, account.Id);
        await db.SaveChangesAsync(ct);
        await SecondStepCookie.IssueAsync(http, account, proof, returnUrl);
        return TypedResults.LocalRedirect(PageLink.To(http, SecondStepPath));
    }

    /// <summary>Everything asked for was shown. Somebody who is signed in already keeps the session and what hangs on it.</summary>
    public async Task<IResult> FinishAsync(HttpContext http, Account account, SignInProof proof, string returnUrl, CancellationToken ct)
    {
        await SecondStepCookie.ClearAsync(http);
        var cookie = await http.AuthenticateAsync(SessionCookie.Scheme);
        if (cookie.Principal is { } principal && await sessions.FindAsync(principal, ct) is { } session && session.AccountId == account.Id)
        {
            session.StepUp(proof, time.GetUtcNow());
            await db.SaveChangesAsync(ct);
            await http.SignInAsync(SessionCookie.Scheme, principal);
        }
        else
        {
            await sessions.StartAsync(http, account, proof, ct);
        }

        return TypedResults.LocalRedirect(returnUrl);
    }
}
