using HaLong.Identity.OpenId;
using HaLong.Identity.OpenId.Clients;
using HaLong.ServiceDefaults;
using MassTransit;

namespace HaLong.Identity.Sessions;

/// <summary>What sessions and their end need.</summary>
internal static class SessionServices
{
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddOptions<SessionOptions>(SessionOptions.Section);
        services.AddSingleton<DatabaseRevocations>();
        services.AddSingleton<IRevocationSource>(s => s.GetRequiredService<DatabaseRevocations>());
        services.AddSingleton<LogoutTokens>().AddSingleton<TokenReuse>();
        services.AddScoped<SessionCleanup>();
        // An answer is only a status: nothing is read, nothing followed, nothing waited for.
        services.AddHttpClient(LogoutNoticeConsumer.HttpClient, c => c.Timeout = TimeSpan.FromSeconds(3))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) });
        services.AddOpenIddict().AddServer(server => server
            .AddEventHandler(TokenReuse.Detect.Descriptor)
            .AddEventHandler(TokenRevoked.Descriptor)
            .AddEventHandler(ClientAssertions.Descriptor)
            .AddEventHandler(ClientAssertions.NameAlgorithms.Descriptor)
            .AddEventHandler(Discovery.Descriptor));
    }

    public static void AddSessionConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<SessionEndedConsumer>();
        bus.AddConsumer<LogoutNoticeConsumer>();
    }

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapGet(RevocationFeed.Path, ServeRevocations.Handle).RequireAuthorization(Policies.Internal).ExcludeFromDescription();
        var api = app.MapGroup("/api/v1/me/sessions").WithTags("Identity").RequireAuthorization(Policies.SignedIn)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("", ListSessions.HandleAsync).WithName("listMySessions")
            .WithSummary("Where the caller is signed in")
            .Produces<Page<ListSessions.View>>();
        api.MapDelete("/{id:guid}", EndMySession.OneAsync).WithName("endMySession")
            .WithSummary("Sign out one place; its tokens are void everywhere within five seconds")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("", EndMySession.OthersAsync).WithName("endMyOtherSessions")
            .WithSummary("Sign out everywhere else")
            .Produces<EndMySession.Ended>();
        var page = app.MapGroup("/account/sessions").AllowAnonymous().ExcludeFromDescription();
        page.MapGet("", SessionsPage.GetAsync);
        page.MapPost("", SessionsPage.PostAsync);
    }
}
