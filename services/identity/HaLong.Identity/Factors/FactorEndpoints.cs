using HaLong.ServiceDefaults;

namespace HaLong.Identity.Factors;

/// <summary>Pages and API of second factors.</summary>
internal static class FactorEndpoints
{
    public static void MapFactors(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/account").AllowAnonymous().ExcludeFromDescription();
        account.MapGet("/passkeys.js", PasskeyScript.Get);
        account.MapGet("/security", (SecurityPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
        account.MapPost("/security", (SecurityPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        foreach (var path in (string[])["/second-step", "/step-up"])
        {
            account.MapGet(path, (SecondStepPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
            account.MapPost(path, (SecondStepPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        }

        account.MapGet("/authenticator", (AuthenticatorPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
        account.MapPost("/authenticator", (AuthenticatorPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        account.MapGet("/recovery-codes", (RecoveryCodesPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
        account.MapPost("/recovery-codes", (RecoveryCodesPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        account.MapGet("/passkeys", (PasskeysPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
        account.MapPost("/passkeys", (PasskeysPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        MapApi(app);
    }

    // Without WithIdempotency: a stored answer would keep secrets and recovery codes in clear.
    private static void MapApi(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/me").WithTags("Identity").RequireAuthorization(Policies.SignedIn)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).AddEndpointFilter(OwnAccount.OnlyAsync);
        api.MapGet("/security", GetSecurity.HandleAsync)
            .WithName("getMySecurity")
            .WithSummary("How the account can be signed in to: password, second factors, passkeys, linked providers")
            .Produces<GetSecurity.View>();
        api.MapPost("/authenticator", EnrolAuthenticator.StartAsync)
            .WithName("startMyAuthenticator")
            .WithSummary("Begins the set-up of an authenticator app: the secret, and the address that goes into a QR code")
            .WithDescription("Needs a recent sign-in; a strong one when the account has a second factor already. Counts only once confirmed.")
            .Produces<FactorChanges.Enrolment>().ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/authenticator/confirmation", EnrolAuthenticator.ConfirmAsync)
            .WithName("confirmMyAuthenticator")
            .WithSummary("Turns the authenticator app on with its first code; answers recovery codes when there were none")
            .Produces<EnrolAuthenticator.Codes>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete("/authenticator", EnrolAuthenticator.RemoveAsync).RequireStrong(PageOwners.Fresh)
            .WithName("removeMyAuthenticator")
            .WithSummary("Removes the authenticator app; needs a strong and recent sign-in")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/recovery-codes", EnrolAuthenticator.RenewCodesAsync).RequireStrong(PageOwners.Fresh)
            .WithName("renewMyRecoveryCodes")
            .WithSummary("Makes ten new recovery codes, shown this once; the old ones stop working")
            .Produces<EnrolAuthenticator.Codes>().ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete("/passkeys/{id:guid}", RemovePasskey.HandleAsync).RequireStrong(PageOwners.Fresh)
            .WithName("removeMyPasskey")
            .WithSummary("Removes a passkey; needs a strong and recent sign-in")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }
}
