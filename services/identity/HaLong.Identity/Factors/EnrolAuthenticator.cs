using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Factors;

/// <summary>The authenticator app and recovery codes, for front ends that show them themselves.</summary>
internal static class EnrolAuthenticator
{
    /// <param name="Code">Six digits from the app.</param>
    internal sealed record Confirmation(string? Code);

    /// <param name="RecoveryCodes">New codes, shown this once; empty when older ones still work.</param>
    internal sealed record Codes(IReadOnlyList<string> RecoveryCodes);

    public static Task<IResult> StartAsync(HttpContext http, Caller caller, IdentityDbContext db, SecondFactors factors, FactorChanges changes, CancellationToken ct) =>
        WithFreshOwnerAsync(http, caller, db, factors, async account => (await changes.StartAuthenticatorAsync(account, ct)).Match(TypedResults.Ok), ct);

    public static Task<IResult> ConfirmAsync(
        Confirmation request, HttpContext http, Caller caller, IdentityDbContext db, SecondFactors factors, FactorChanges changes, FactorProof proof,
        SessionCookie sessions, CancellationToken ct) =>
        WithFreshOwnerAsync(http, caller, db, factors, async account =>
        {
            var confirmed = await changes.ConfirmAuthenticatorAsync(account, request.Code ?? "", ct);
            if (!confirmed.IsSuccess)
                return (confirmed.Error == IdentityErrors.WrongCode ? confirmed.Error.WithField("code", confirmed.Error.Vi, confirmed.Error.En) : confirmed.Error).ToProblem();
            if (await sessions.FindAsync(http.User, ct) is { } session)
                await proof.ShownAsync(session, SecondStep.Code, ct);
            return TypedResults.Ok(new Codes(confirmed.Value));
        }, ct);

    public static Task<IResult> RemoveAsync(HttpContext http, Caller caller, IdentityDbContext db, FactorChanges changes, CancellationToken ct) =>
        WithOwnerAsync(http, caller, db, async account => (await changes.RemoveAuthenticatorAsync(account, ct)).Match(TypedResults.NoContent), ct);

    public static Task<IResult> RenewCodesAsync(HttpContext http, Caller caller, IdentityDbContext db, FactorChanges changes, CancellationToken ct) =>
        WithOwnerAsync(http, caller, db, async account => (await changes.RenewRecoveryCodesAsync(account, ct)).Match(codes => TypedResults.Ok(new Codes(codes))), ct);

    // Whoever has a factor shows it before adding another; whoever has none must at least have signed in recently.
    private static Task<IResult> WithFreshOwnerAsync(
        HttpContext http, Caller caller, IdentityDbContext db, SecondFactors factors, Func<Account, Task<IResult>> change, CancellationToken ct) =>
        WithOwnerAsync(http, caller, db, async account =>
            StepUp.Demand(http, PageOwners.Fresh, strong: (await factors.OfAsync(account.Id, ct)).HasAny) ?? await change(account), ct);

    private static async Task<IResult> WithOwnerAsync(HttpContext http, Caller caller, IdentityDbContext db, Func<Account, Task<IResult>> change, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await OwnAccount.FindAsync(db, caller, ct) is { } account ? await change(account) : IdentityErrors.AccountNotFound.ToProblem();
    }
}
