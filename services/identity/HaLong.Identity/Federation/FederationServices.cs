using HaLong.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Identity.Federation;

/// <summary>Signing in through other OpenID Connect providers: authorization code with PKCE, state and nonce.</summary>
internal static class FederationServices
{
    /// <summary>Nobody waits longer for a provider before being told that it does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void AddFederation(this IHostApplicationBuilder builder)
    {
        var providers = Provider.Read(builder.Configuration);
        builder.Services.AddSingleton(new Providers(providers));
        builder.Services.AddScoped<ExternalAccounts>().AddScoped<ExternalSignIn>().AddScoped<LinkedProviders>().AddScoped<CredentialWithdrawal>();
        var authentication = builder.Services.AddAuthentication();
        foreach (var provider in providers)
            authentication.AddOpenIdConnect(provider.Scheme, provider.Options.DisplayNameEn, options => Configure(options, provider, builder.Environment.IsDevelopment()));
    }

    private static void Configure(OpenIdConnectOptions options, Provider provider, bool isDevelopment)
    {
        options.Authority = provider.Options.Issuer;
        options.ClientId = provider.Options.ClientId;
        options.ClientSecret = provider.Options.ClientSecret;
        options.RequireHttpsMetadata = !isDevelopment;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The way back is a link, not a form of another site: cookies of this site come along without opening them to everybody.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CallbackPath = provider.CallbackPath;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in provider.Options.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.Clear();
        foreach (var claim in provider.Options.ClaimMap.Names)
            options.ClaimActions.MapJsonKey(claim, claim);
        // Asymmetric signatures only: a shared secret would let whoever knows it write anybody's token.
        options.TokenValidationParameters.ValidAlgorithms =
        [
            SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
        ];
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        options.BackchannelTimeout = Patience;
        options.BackchannelHttpHandler = new OutageHandler(new SocketsHttpHandler { ConnectTimeout = Patience });
        // Never written by this scheme: the answer becomes a session of ours, or a second step.
        options.SignInScheme = SessionCookie.Scheme;
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        options.Events.OnTicketReceived = ProviderAnswers.ReceivedAsync;
        options.Events.OnRemoteFailure = ProviderAnswers.FailedAsync;
        options.Events.OnAccessDenied = ProviderAnswers.DeniedAsync;
    }

    /// <summary>A provider that answers 5xx is down; the handler above would take its error page for an answer.</summary>
    private sealed class OutageHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode < 500)
                return answer;
            using (answer)
                throw new HttpRequestException("The identity provider is out of order.", null, answer.StatusCode);
        }
    }
}
