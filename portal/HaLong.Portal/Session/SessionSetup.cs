using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using StackExchange.Redis;

namespace HaLong.Portal.Session;

/// <summary>Sign-in by OpenID Connect (code flow with PKCE); tokens stay here, in Redis, and never reach the browser.</summary>
internal static class SessionSetup
{
    public const string Client = "web";

    /// <summary>Policy: whoever has a session. What they may do the API decides.</summary>
    public const string SignedIn = "SignedIn";

    public static void AddSessions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(RedisOptions(builder.Configuration.GetConnectionString("cache"))));
        services.AddDataProtection().SetApplicationName("halong-portal");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<IConnectionMultiplexer>((o, redis) => o.XmlRepository = new RedisXmlRepository(() => redis.GetDatabase(), "portal:keys"));
        services.AddSingleton<TicketStore>();
        services.AddSingleton<TokenKeeper>();
        services.AddScoped<Visitor>();
        services.AddHttpClient(TokenKeeper.Client);
        services.AddAuthentication(o =>
        {
            o.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            o.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
        }).AddCookie().AddOpenIdConnect();
        services.AddAuthorizationBuilder().AddPolicy(SignedIn, p => p.RequireAuthenticatedUser());
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<TicketStore, IOptions<PortalOptions>>(Cookie);
        services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme).Configure<IOptions<PortalOptions>>(OpenId);
    }

    private static ConfigurationOptions RedisOptions(string? connection)
    {
        var options = ConfigurationOptions.Parse(connection is { Length: > 0 } ? connection : "127.0.0.1:1");
        // Public pages do not need it: the portal starts without it and tries again.
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        (options.ConnectTimeout, options.AsyncTimeout, options.SyncTimeout) = (1000, 1000, 1000);
        return options;
    }

    private static void Cookie(CookieAuthenticationOptions cookie, TicketStore sessions, IOptions<PortalOptions> portal)
    {
        var options = portal.Value;
        cookie.SessionStore = sessions;
        // Redis forgets who is idle. The handler would write back the ticket as it read it, and tokens that were renewed meanwhile would be lost.
        (cookie.SlidingExpiration, cookie.ExpireTimeSpan) = (false, options.SessionLongest);
        cookie.AccessDeniedPath = "/denied";
        (cookie.Cookie.Name, cookie.Cookie.SecurePolicy) = Named("portal", options);
        cookie.Cookie.HttpOnly = true;
        // Lax, since banks and the sign-in page lead back here.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
    }

    private static void OpenId(OpenIdConnectOptions oidc, IOptions<PortalOptions> portal)
    {
        var options = portal.Value;
        oidc.Authority = options.PublicUrl.TrimEnd('/');
        oidc.RequireHttpsMetadata = options.IsSecure;
        oidc.ClientId = Client;
        (oidc.ResponseType, oidc.ResponseMode) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query);
        oidc.UsePkce = true;
        oidc.SaveTokens = true;
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.TokenValidationParameters.NameClaimType = "name";
        oidc.TokenValidationParameters.RoleClaimType = "role";
        foreach (var scope in new[] { "halong.api", "offline_access" })
            oidc.Scope.Add(scope);
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = options.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        }

        // The gateway is the address that people see, whatever it calls us by.
        oidc.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = new Uri(options.Public, oidc.CallbackPath.Value![1..]).AbsoluteUri;
            context.ProtocolMessage.UiLocales = ServiceDefaults.Text.Bilingual("vi", "en");
            context.ProtocolMessage.AcrValues = SignInNeeded.AcrOf(context.Properties);
            return Task.CompletedTask;
        };
        oidc.Events.OnTokenValidated = context =>
        {
            context.Principal = TokenClaims.With(context.Principal!, context.TokenEndpointResponse?.AccessToken);
            return Task.CompletedTask;
        };
        oidc.Events.OnRedirectToIdentityProviderForSignOut = context =>
        {
            context.ProtocolMessage.PostLogoutRedirectUri = new Uri(options.Public, oidc.SignedOutCallbackPath.Value![1..]).AbsoluteUri;
            return Task.CompletedTask;
        };
        // Refused, abandoned or too late: back to the beginning with a word, not an error.
        oidc.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect("/sign-in/failed");
            return Task.CompletedTask;
        };
    }

    public static (string Name, CookieSecurePolicy Policy) Named(string name, PortalOptions options) =>
        options.IsSecure ? ("__Host-" + name, CookieSecurePolicy.Always) : (name, CookieSecurePolicy.None);
}
