using HaLong.Identity.AccessLog;
using HaLong.Identity.Assisted;
using HaLong.Identity.Authorisation;
using HaLong.Identity.Codes;
using HaLong.Identity.Consents;
using HaLong.Identity.Counter;
using HaLong.Identity.DataRequests;
using HaLong.Identity.Delegations;
using HaLong.Identity.Factors;
using HaLong.Identity.Federation;
using HaLong.Identity.OpenId;
using HaLong.Identity.Organisations;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Features;

/// <summary>Every path of the service.</summary>
internal static class IdentityEndpoints
{
    /// <summary>gRPC: units are public knowledge, but only people and services of the platform may ask by gRPC.</summary>
    public const string UnitsReader = nameof(UnitsReader);

    public static void MapIdentityEndpoints(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("Identity").ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/me", GetMe.HandleAsync).RequireAuthorization(Policies.SignedIn)
            .WithName("getMe")
            .WithSummary("The account that is signed in")
            .Produces<GetMe.View>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);

        app.MapAccounts();
        app.MapDelegations();
        app.MapOrganisations();
        app.MapCounter();
        app.MapAuthorisation();
        app.MapAssistedSessions();
        app.MapConsents();
        app.MapStaff();
        app.MapAccessLog();
        app.MapPersonalData();
        app.MapDataRequests();
        MapOpenId(app);
        app.MapSessions();
        MapPages(app);
        app.MapFactors();
        app.MapFederation();
        app.MapGrpcService<AccountsGrpc>().RequireAuthorization(Policies.Internal);
        app.MapGrpcService<AccountCodesGrpc>().RequireAuthorization(Policies.Internal);
        app.MapGrpcService<UnitsGrpc>().RequireAuthorization(UnitsReader);
    }

    // Open to anyone: OpenIddict has checked the protocol's own credentials before these run.
    private static void MapOpenId(WebApplication app)
    {
        var connect = app.MapGroup("/connect").WithTags("Sign-in").AllowAnonymous();
        connect.MapMethods("/authorize", [HttpMethods.Get, HttpMethods.Post], Authorize.HandleAsync)
            .WithSummary("OpenID Connect: start of the authorization code flow; PKCE with S256 is required");
        connect.MapPost("/token", ExchangeToken.HandleAsync)
            .WithSummary("OpenID Connect: tokens for a code, a refresh token or client credentials");
        connect.MapMethods("/userinfo", [HttpMethods.Get, HttpMethods.Post], UserInfo.HandleAsync)
            .WithSummary("OpenID Connect: claims about who is signed in");
        connect.MapMethods("/logout", [HttpMethods.Get, HttpMethods.Post], EndSession.HandleAsync)
            .WithSummary("OpenID Connect: end of the session");
    }

    private static void MapPages(WebApplication app)
    {
        var account = app.MapGroup("/account").AllowAnonymous().ExcludeFromDescription();
        account.MapGet("/sign-in", (SignInPage page, HttpContext http, string? returnUrl) => page.GetAsync(http, returnUrl));
        account.MapPost("/sign-in", (SignInPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        account.MapGet("/sign-out", SignOutPage.Get);
        account.MapPost("/sign-out", SignOutPage.PostAsync);
    }
}
