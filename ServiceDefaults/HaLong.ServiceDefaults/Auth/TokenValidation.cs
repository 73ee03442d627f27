using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.ServiceDefaults;

/// <summary>Checks access tokens against the keys that identity publishes.</summary>
public static class TokenValidation
{
    /// <summary>Audience of every access token.</summary>
    public const string Audience = "halong";

    private static readonly SecurityTokenException Void = new("The token was revoked.");

    /// <summary>Adds bearer authentication and the policies.</summary>
    public static IHostApplicationBuilder AddTokenValidation(this IHostApplicationBuilder builder)
    {
        var jwksUrl = builder.Configuration["Auth:JwksUrl"] ?? "http://identity/.well-known/jwks";
        // The root of the configuration is the section: PublicUrl stands alone. Services with options of their own for it complain first.
        builder.Services.AddSingleton<IValidateOptions<IssuerOptions>>(new KeyedValidation<IssuerOptions>(""));
        builder.Services.AddOptions<IssuerOptions>().BindConfiguration("");
        builder.Services.AddHostedService<IssuerCheck>();

        // Not repeated: a request waits for these keys, and the next request asks again.
        builder.Services.AddHttpClient("jwks", c => c.Timeout = TimeSpan.FromSeconds(2)).AddServiceDiscovery();
        builder.Services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(services =>
            new ConfigurationManager<OpenIdConnectConfiguration>(
                jwksUrl, new JwksRetriever(),
                new HttpDocumentRetriever(services.GetRequiredService<IHttpClientFactory>().CreateClient("jwks")) { RequireHttps = false })
            {
                // Twice in the time that a new key is published before it signs.
                AutomaticRefreshInterval = TimeSpan.FromMinutes(5),
                RefreshInterval = TimeSpan.FromSeconds(5),
            });
        AddRevocations(builder.Services);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IConfigurationManager<OpenIdConnectConfiguration>, IOptions<IssuerOptions>, RevocationList>((options, keys, issuer, revocations) =>
            {
                options.ConfigurationManager = keys;
                options.MapInboundClaims = false;
                options.RequireHttpsMetadata = false;
                options.RefreshOnIssuerKeyNotFound = true;
                options.TokenValidationParameters = Parameters(issuer.Value.PublicUrl.TrimEnd('/') + "/");
                options.Events = Events(revocations);
            });
        Policies.AddTo(builder.Services.AddAuthorizationBuilder());
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<Caller>(s => new Caller(s.GetRequiredService<IHttpContextAccessor>()));
        return builder;
    }

    private static TokenValidationParameters Parameters(string issuer) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = Audience,
        ValidTypes = ["at+jwt"],
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.FromSeconds(30),
        NameClaimType = "name",
        RoleClaimType = "role",
    };

    private static void AddRevocations(IServiceCollection services)
    {
        ServiceTokens.AddTo(services);

        // Not repeated either: the next reading comes in two seconds.
        services.AddHttpClient("revocations", c => c.Timeout = TimeSpan.FromSeconds(2)).AddServiceDiscovery();
        services.TryAddSingleton<IRevocationSource, HttpRevocations>();
        services.AddSingleton<RevocationList>();
        services.AddHostedService<RevocationPoller>();
    }

    private static JwtBearerEvents Events(RevocationList revocations) => new()
    {
        OnTokenValidated = context =>
        {
            if (context.SecurityToken is JsonWebToken token && revocations.Current.Contains(token))
            {
                revocations.CountRefusal();
                context.Fail(Void);
            }

            return Task.CompletedTask;
        },
        OnChallenge = async context =>
        {
            context.HandleResponse();
            if (context.AuthenticateFailure is SecurityTokenSignatureKeyNotFoundException or InvalidOperationException && !await HasKeysAsync(context.HttpContext))
            {
                // Keys that could not be fetched are our outage, not the caller's bad token.
                await Problems.WriteAsync(context.HttpContext, CommonErrors.Unavailable);
                return;
            }

            if (ReferenceEquals(context.AuthenticateFailure, Void))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\", error_description=\"The token was revoked\"";
                await Problems.WriteAsync(context.HttpContext, CommonErrors.TokenVoid);
                return;
            }

            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.WriteAsync(context.HttpContext, CommonErrors.Unauthenticated);
        },
        OnForbidden = context => Problems.WriteAsync(context.HttpContext, CommonErrors.Forbidden),
    };

    private static async Task<bool> HasKeysAsync(HttpContext http)
    {
        try
        {
            var keys = http.RequestServices.GetRequiredService<IConfigurationManager<OpenIdConnectConfiguration>>();
            return (await keys.GetConfigurationAsync(http.RequestAborted)).SigningKeys.Count > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private sealed class JwksRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        private const long PauseMilliseconds = 1000;
        private long _failedAt = -PauseMilliseconds;

        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            // Every request asks while there are no keys, one after the other: a failure just seen is the answer for all of them.
            if (Environment.TickCount64 - Interlocked.Read(ref _failedAt) < PauseMilliseconds)
            {
                throw new IOException("The keys could not be fetched a moment ago.");
            }

            JsonWebKeySet keys;
            try
            {
                keys = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            }
            catch
            {
                Interlocked.Exchange(ref _failedAt, Environment.TickCount64);
                throw;
            }

            var configuration = new OpenIdConnectConfiguration { JsonWebKeySet = keys };
            foreach (var key in keys.GetSigningKeys())
            {
                configuration.SigningKeys.Add(key);
            }

            return configuration;
        }
    }
}

/// <summary>Who issues the tokens: the platform under its public address.</summary>
internal sealed class IssuerOptions
{
    /// <summary>The gateway's external address.</summary>
    [Required]
    [Url]
    public string PublicUrl { get; set; } = "";
}

/// <summary>Stops the start of a service that would not know whose tokens to accept.</summary>
internal sealed class IssuerCheck(IOptions<IssuerOptions> issuer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = issuer.Value;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
