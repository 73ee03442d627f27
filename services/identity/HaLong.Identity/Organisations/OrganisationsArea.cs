using HaLong.Identity.Counter;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using MassTransit;

namespace HaLong.Identity.Organisations;

/// <summary>Organisations and who represents them: paths and services.</summary>
internal static class OrganisationsArea
{
    public static void AddOrganisations(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<OrganisationOptions>(OrganisationOptions.Section);
        builder.Services.AddScoped<Representation>().AddScoped<OrganisationDesk>().AddScoped<RegisterOrganisation>().AddScoped<OwnClaims>()
            .AddScoped<MyOrganisations>().AddScoped<ReadOrganisation>().AddScoped<InviteRepresentative>().AddScoped<RemoveRepresentative>()
            .AddScoped<ClaimQueue>().AddScoped<DecideClaim>().AddScoped<AppointLegalRepresentative>();
        builder.Services.AddSingleton(OrganisationData.Export).AddSingleton(OrganisationData.Erase);
        builder.Services.AddHostedService<RepresentativeSweep>();
    }

    public static void AddOrganisationConsumers(this IBusRegistrationConfigurator bus) => bus.AddConsumer<WarnRepresentatives>();

    public static void MapOrganisations(this IEndpointRouteBuilder app)
    {
        MapOwn(Group(app, "/api/v1/me").RequireAuthorization(Policies.Citizen));
        MapOrganisation(Group(app, "/api/v1/organisations/{id:guid}").RequireAuthorization(Policies.Citizen));
        MapCounter(Group(app, "/api/v1/admin").RequireAuthorization(CounterArea.Counter));
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder app, string path) => app.MapGroup(path).WithTags("Organisations")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

    private static void MapOwn(RouteGroupBuilder me)
    {
        me.MapPost("/organisations", (OrganisationInput request, RegisterOrganisation handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
            .WithIdempotency<IdentityDbContext>().RequireStrong()
            .WithName("registerOrganisation")
            .WithSummary("Register an organisation as its legal representative; the papers are shown at a one-stop office")
            .WithDescription("The answer does not tell whether the code is known. Needs a verified account (level 2) and a strong sign-in.")
            .Produces<RegisterOrganisation.Filed>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        me.MapGet("/organisations", (string? after, int? limit, MyOrganisations handler, HttpContext http, CancellationToken ct) => handler.ListAsync(after, limit, http, ct))
            .WithName("listMyOrganisations").WithSummary("Organisations I represent or am asked to represent, newest first")
            .Produces<Page<MyOrganisationView>>().ProducesProblem(StatusCodes.Status400BadRequest);
        Change(me.MapPost("/organisations/{id:guid}/acceptance", (Guid id, MyOrganisations handler, HttpContext http, CancellationToken ct) => handler.AcceptAsync(id, http, ct)))
            .WithIdempotency<IdentityDbContext>().RequireStrong()
            .WithName("acceptRepresentation").WithSummary("Agree to act for an organisation").Produces<MyOrganisationView>();
        Change(me.MapPost("/organisations/{id:guid}/refusal", (Guid id, MyOrganisations handler, HttpContext http, CancellationToken ct) => handler.DeclineAsync(id, http, ct)))
            .WithIdempotency<IdentityDbContext>()
            .WithName("declineRepresentation").WithSummary("Decline to act for an organisation").Produces<MyOrganisationView>();
        Change(me.MapDelete("/organisations/{id:guid}", (Guid id, RemoveRepresentative handler, HttpContext http, CancellationToken ct) => handler.LeaveAsync(id, http, ct)))
            .WithName("leaveOrganisation").WithSummary("Stop acting for an organisation, at once").Produces(StatusCodes.Status204NoContent);

        me.MapGet("/organisation-claims", (string? after, int? limit, OwnClaims handler, HttpContext http, CancellationToken ct) => handler.ListAsync(after, limit, http, ct))
            .WithName("listMyOrganisationClaims").WithSummary("Organisations I have registered, and what became of it, newest first")
            .Produces<Page<ClaimView>>().ProducesProblem(StatusCodes.Status400BadRequest);
        me.MapGet("/organisation-claims/{id:guid}", (Guid id, OwnClaims handler, HttpContext http, CancellationToken ct) => handler.GetAsync(id, http, ct))
            .WithName("getMyOrganisationClaim").WithSummary("One registration of an organisation").Produces<ClaimView>().ProducesProblem(StatusCodes.Status404NotFound);
        Change(me.MapDelete("/organisation-claims/{id:guid}", (Guid id, OwnClaims handler, HttpContext http, CancellationToken ct) => handler.WithdrawAsync(id, http, ct)))
            .WithName("withdrawOrganisationClaim").WithSummary("Take back a registration that is not decided").Produces(StatusCodes.Status204NoContent);
    }

    private static void MapOrganisation(RouteGroupBuilder one)
    {
        one.MapGet("", (Guid id, ReadOrganisation handler, HttpContext http, CancellationToken ct) => handler.GetAsync(id, http, ct))
            .WithName("getOrganisation").WithSummary("An organisation, for who represents it").Produces<OrganisationView>().ProducesProblem(StatusCodes.Status404NotFound);
        Change(one.MapPatch("", (Guid id, OrganisationInput request, ReadOrganisation handler, HttpContext http, CancellationToken ct) => handler.PatchAsync(id, request, http, ct)))
            .RequireStrong()
            .WithName("changeOrganisation").WithSummary("Change address, contact points, foreign and short name")
            .Produces<OrganisationView>().ProducesProblem(StatusCodes.Status400BadRequest);
        one.MapGet("/representatives", (Guid id, string? after, int? limit, ReadOrganisation handler, HttpContext http, CancellationToken ct) =>
                handler.RepresentativesAsync(id, after, limit, http, ct))
            .WithName("listRepresentatives").WithSummary("Who speaks for the organisation, newest first")
            .Produces<Page<RepresentativeView>>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/representatives/{representative:guid}", (Guid id, Guid representative, ReadOrganisation handler, HttpContext http, CancellationToken ct) =>
                handler.RepresentativeAsync(id, representative, http, ct))
            .WithName("getRepresentative").WithSummary("One representative").Produces<RepresentativeView>().ProducesProblem(StatusCodes.Status404NotFound);
        one.MapPost("/representatives", (Guid id, InviteRepresentative.Request request, InviteRepresentative handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(id, request, http, ct))
            .WithIdempotency<IdentityDbContext>().RequireStrong()
            .WithName("inviteRepresentative").WithSummary("Ask somebody to act for the organisation, by personal number and name")
            .WithDescription("For legal representatives. The answer does not tell whether the person has an account. Nothing is allowed until the person agrees, within 30 days.")
            .Produces<RepresentativeView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        Change(one.MapDelete("/representatives/{representative:guid}", (Guid id, Guid representative, RemoveRepresentative handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(id, representative, http, ct)))
            .RequireStrong()
            .WithName("removeRepresentative").WithSummary("End an authorisation at once; tokens in the organisation's name are void")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static void MapCounter(RouteGroupBuilder admin)
    {
        admin.MapGet("/organisation-claims", (string? state, string? after, int? limit, ClaimQueue handler, HttpContext http, CancellationToken ct) =>
                handler.ListAsync(state, after, limit, http, ct))
            .WithName("listOrganisationClaims").WithSummary("Registrations of organisations to be shown at my unit, oldest first; open ones unless a state is asked for")
            .Produces<Page<ClaimQueue.Line>>().ProducesProblem(StatusCodes.Status400BadRequest);
        admin.MapGet("/organisation-claims/{id:guid}", (Guid id, ClaimQueue handler, HttpContext http, CancellationToken ct) => handler.GetAsync(id, http, ct))
            .RequireStrong()
            .WithName("getOrganisationClaim").WithSummary("One registration with its claimant; recorded in the claimant's access log")
            .Produces<ClaimQueue.View>().ProducesProblem(StatusCodes.Status404NotFound);
        Decision(admin.MapPost("/organisation-claims/{id:guid}/verification", (Guid id, CertificateInput request, DecideClaim handler, HttpContext http, CancellationToken ct) =>
                handler.VerifyAsync(id, request, http, ct)))
            .WithName("verifyOrganisationClaim").WithSummary("The papers are right: the organisation has an account, and the claimant speaks for it by law")
            .Produces<ClaimQueue.View>();
        Decision(admin.MapPost("/organisation-claims/{id:guid}/refusal", (Guid id, DecideClaim.Refusal request, DecideClaim handler, HttpContext http, CancellationToken ct) =>
                handler.RefuseAsync(id, request, http, ct)))
            .WithName("refuseOrganisationClaim").WithSummary("The papers are not right; the claimant reads the reason").Produces<ClaimQueue.View>();
        admin.MapGet("/organisations/{id:guid}", (Guid id, AppointLegalRepresentative handler, HttpContext http, CancellationToken ct) => handler.GetAsync(id, http, ct))
            .WithName("getOrganisationAtCounter").WithSummary("One organisation, for the counter").Produces<OrganisationView>().ProducesProblem(StatusCodes.Status404NotFound);
        Decision(admin.MapPost("/organisations/{id:guid}/legal-representatives", (Guid id, AppointLegalRepresentative.Request request, AppointLegalRepresentative handler,
                HttpContext http, CancellationToken ct) => handler.HandleAsync(id, request, http, ct)))
            .WithName("appointLegalRepresentative").WithSummary("Enter another legal representative from the changed certificate, in place of or beside those before")
            .Produces<OrganisationView>();
    }

    private static RouteHandlerBuilder Decision(RouteHandlerBuilder endpoint) => Change(endpoint).WithIdempotency<IdentityDbContext>().RequireStrong()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static RouteHandlerBuilder Change(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
