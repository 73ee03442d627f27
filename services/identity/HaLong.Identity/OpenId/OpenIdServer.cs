using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.Identity.Staff;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace HaLong.Identity.OpenId;

/// <summary>The OpenID Connect server and the browser session it rests on.</summary>
internal static class OpenIdServer
{
    public static void AddOpenIdServer(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<KeyVault>();
        services.AddSingleton<PersonalNumbers>();
        services.AddScoped<Principals>();
        services.AddScoped<StaffDirectory>().AddScoped<SessionCookie>().AddScoped<SessionEnd>().AddScoped<Revocations>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(s => s.GetRequiredService<KeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(s => s.GetRequiredService<KeyRing>());
        services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>, OwnKeys>();
        services.AddHostedService<KeyRingWatcher>();
        services.AddHostedService<TokenCleanup>();
        services.AddScoped<KeyRotation>();

        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDbContext>().ReplaceDefaultEntities<Guid>())
            .AddServer(Configure);
        services.AddOptions<OpenIddictServerOptions>()
            .Configure<IOptions<IdentityOptions>>((server, identity) => server.Issuer = identity.Value.Issuer());

        AddSession(services);
    }

    private static void Configure(OpenIddictServerBuilder server)
    {
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().AllowRefreshTokenFlow();
        server.AllowTokenExchangeFlow();
        server.RequireProofKeyForCodeExchange();
        // "plain" sends the proof itself through the browser, which proves nothing.
        server.Configure(o => o.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
        server.Configure(o => o.RequestTokenLifetime = TokenLifetimes.PushedRequest);
        server.SetAuthorizationEndpointUris("connect/authorize")
            .SetTokenEndpointUris("connect/token")
            .SetEndSessionEndpointUris("connect/logout")
            .SetRevocationEndpointUris("connect/revocation")
            .SetPushedAuthorizationEndpointUris("connect/par")
            .SetUserInfoEndpointUris("connect/userinfo");
        server.RegisterScopes(ApiScopes.All);
        server.PublishAcrValues();
        server.SetAccessTokenLifetime(TokenLifetimes.Access)
            .SetAuthorizationCodeLifetime(TokenLifetimes.Code)
            .SetIdentityTokenLifetime(TokenLifetimes.Access)
            .SetRefreshTokenLifetime(TokenLifetimes.Refresh)
            // A refresh token works once; a second use means somebody else has it, and ends the whole family.
            .SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        // Every service must be able to read an access token; codes and refresh tokens stay encrypted.
        server.DisableAccessTokenEncryption();
        server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableUserInfoEndpointPassthrough()
            // TLS ends at the gateway; between gateway and service the hop is inside the platform.
            .DisableTransportSecurityRequirement();
    }

    private static void AddSession(IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(SessionCookie.Scheme, cookie =>
        {
            cookie.Cookie.Name = "halong.session";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TokenLifetimes.Session;
            cookie.SlidingExpiration = false;
        });
        services.AddOptions<CookieAuthenticationOptions>(SessionCookie.Scheme).Configure<TimeProvider>((cookie, time) => cookie.TimeProvider = time);
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "halong.form";
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            form.SuppressXFrameOptionsHeader = true; // The page's own policy says it better.
        });
        services.AddDataProtection().SetApplicationName("halong.identity");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory, KeyVault>((keys, scopes, vault) =>
        {
            keys.XmlRepository = new DataProtectionKeyStore(scopes);
            keys.XmlEncryptor = new DataProtectionSealer(vault);
        });
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddSingleton<DummyPassword>();
        services.AddScoped<SignInLimiter>().AddScoped<SignInName>();
        services.AddScoped<PasswordSignIn>();
    }
}
