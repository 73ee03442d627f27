using HaLong.Identity.AccessLog;
using HaLong.Identity.Assisted;
using HaLong.Identity.Authorisation;
using HaLong.Identity.Codes;
using HaLong.Identity.Consents;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Counter;
using HaLong.Identity.DataRequests;
using HaLong.Identity.Delegations;
using HaLong.Identity.Factors;
using HaLong.Identity.Features;
using HaLong.Identity.Federation;
using HaLong.Identity.Keys;
using HaLong.Identity.OpenId;
using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Seeding;
using HaLong.Identity.Sessions;
using HaLong.Identity.Staff;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Identity;

/// <summary>The service's table of contents.</summary>
internal static class IdentityService
{
    public static WebApplicationBuilder AddIdentity(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("identity");
        builder.AddDatabase<IdentityDbContext>("identity-db");
        builder.AddMessaging<IdentityDbContext>("identity", [typeof(AccountRegistered).Assembly, typeof(SendOneTimeCode).Assembly], bus =>
        {
            bus.AddAccountConsumers();
            bus.AddSessionConsumers();
            bus.AddConsumer<RecordDataRead>();
            bus.AddOrganisationConsumers();
        });
        builder.Services.AddOptions<IdentityOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
        builder.AddOptions<KeyOptions>(KeyOptions.Section);
        builder.Services.AddSingleton<IdentityInstruments>();
        builder.AddOpenIdServer();
        builder.AddDelegations();
        builder.AddOrganisations();
        builder.AddCounter();
        builder.AddAuthorisation();
        builder.AddAssistedSessions();
        builder.AddAccounts();
        builder.Services.AddDataKeys();
        builder.Services.AddConsents();
        builder.AddStaff();
        builder.Services.AddScoped<ClientSeed>().AddScoped<DemoSeed>();
        builder.AddFactors();
        builder.AddFederation();
        builder.AddSessions();
        builder.Services.AddAccessLog();
        builder.AddPersonalData();
        builder.Services.AddDataRequests();
        builder.Services.AddAuthorizationBuilder().AddPolicy(IdentityEndpoints.UnitsReader, p => p.RequireAuthenticatedUser()
            .RequireAssertion(c => c.User.HasScope(Policies.InternalScope) || c.User.HasScope(Policies.ApiScope)));
        return builder;
    }

    public static WebApplication MapIdentity(this WebApplication app)
    {
        app.UsePublicAddress();
        app.MapServiceDefaults();
        app.MapIdentityEndpoints();
        app.MapEvidence();
        return app;
    }

    /// <summary>The <c>rotate-keys</c> run mode: adds a signing key; running servers see it within the poll interval.</summary>
    public static async Task<int> RotateKeysAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var rotation = scope.ServiceProvider.GetRequiredService<KeyRotation>();
        var id = await rotation.RotateAsync(app.Lifetime.ApplicationStopping);
        await Console.Out.WriteLineAsync($"Signing key {id} is published and signs from {rotation.Delay} from now on.");
        return 0;
    }

    // Whatever name or port the gateway reaches us by, addresses in answers and the Secure flag of cookies follow the public one.
    private static void UsePublicAddress(this WebApplication app)
    {
        var site = app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value.Issuer();
        var host = HostString.FromUriComponent(site.Authority); // Without a port that goes without saying: others compare addresses letter by letter.
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/connect") || http.Request.Path.StartsWithSegments("/.well-known")
                || http.Request.Path.StartsWithSegments("/account"))
            {
                http.Request.Scheme = site.Scheme;
                http.Request.Host = host;
            }

            return next(http);
        });
    }
}
