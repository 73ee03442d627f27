using HaLong.Identity.Administration.Reorganisations;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Administration;

/// <summary>What administrators do: staff, clients, units, reorganisations.</summary>
internal static class AdministrationArea
{
    /// <summary>Administrators and auditors, each for their units.</summary>
    public const string AuditReader = nameof(AuditReader);

    public static IHostApplicationBuilder AddAdministration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<AuditTrail>().AddScoped<AdminScope>().AddScoped<StaffDesk>().AddScoped<RoleGrants>().AddScoped<FirstAdministrators>();
        builder.Services.AddScoped<CreateStaff>().AddScoped<ChangeAssignment>().AddScoped<StaffAccess>().AddScoped<DecideGrant>();
        builder.Services.AddScoped<ClientRegistry>().AddScoped<SaveClient>().AddScoped<ClientState>().AddScoped<SavePlace>();
        builder.Services.AddReorganisations();
        builder.Services.AddAuthorizationBuilder().AddPolicy(AuditReader, p => p.RequireAuthenticatedUser().RequireRole(Roles.Administrator, Roles.Auditor)
            .RequireAssertion(c => c.User.HasScope(Policies.ApiScope) && !Caller.From(c.User).ActsForAnother));
        return builder;
    }

    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<PartnerClientsGrpc>().RequireAuthorization(Policies.Internal);
        var all = app.MapGroup("/api/v1/admin").WithTags("Administration")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        all.MapGet("/audit", ListAudit.HandleAsync).RequireAuthorization(AuditReader)
            .WithName("listAudit").WithSummary("What administrators did, latest first").Produces<Page<ListAudit.View>>();
        var admin = all.MapGroup("").RequireAuthorization(Policies.Administrator);
        MapStaff(admin.MapGroup("/staff"));
        MapGrants(admin.MapGroup("/grants"));
        MapClients(admin.MapGroup("/clients"));
        MapUnits(admin);
        admin.MapGroup("/reorganisations").MapReorganisations();
    }

    private static void MapStaff(RouteGroupBuilder staff)
    {
        staff.MapGet("", ListStaff.HandleAsync).WithName("listStaff").WithSummary("Staff within my responsibility, by name").Produces<Page<StaffLine>>();
        staff.MapGet("/{id:guid}", ListStaff.OneAsync).WithName("getStaff").WithSummary("One of the staff, with all assignments").Answers<StaffView>(404);
        staff.MapPost("", CreateStaff.HandleAsync).WithIdempotency<IdentityDbContext>().RequireStrong()
            .WithName("createStaff").WithSummary("Make the account of an official or helper, with the first appointment").Answers<StaffView>(201, 409, 422);
        staff.MapPost("/{id:guid}/assignments", AddAssignment.HandleAsync).WithIdempotency<IdentityDbContext>().RequireStrong()
            .WithName("addAssignment").WithSummary("Appoint somebody to a unit")
            .WithDescription("201: appointed. 202: approver, chief, leader, auditor and administrator wait for a second administrator.")
            .Answers<AssignmentView>(201, 404, 409, 422).Produces<GrantView>(StatusCodes.Status202Accepted);
        staff.MapPatch("/{id:guid}/assignments/{assignmentId:guid}", ChangeAssignment.PatchAsync)
            .WithName("changeAssignment").WithSummary("Correct an assignment or give it a last day").Answers<AssignmentView>(404, 409, 412);
        staff.MapDelete("/{id:guid}/assignments/{assignmentId:guid}", ChangeAssignment.DeleteAsync)
            .WithName("endAssignment").WithSummary("End an assignment at once").Answers(204, 404, 412);
        staff.MapPost("/{id:guid}/closing", StaffAccess.CloseAsync).WithIdempotency<IdentityDbContext>()
            .WithName("closeStaff").WithSummary("Close an account: all assignments and sessions end").Answers<StaffView>(404, 412);
        staff.MapDelete("/{id:guid}/lock", StaffAccess.UnlockAsync)
            .WithName("unlockStaff").WithSummary("Lift the lock after wrong passwords").Answers(204, 404, 412);
        staff.MapDelete("/{id:guid}/sessions", StaffAccess.EndSessionsAsync)
            .WithName("endStaffSessions").WithSummary("Sign somebody out everywhere").Answers(204, 404, 412);
    }

    private static void MapGrants(RouteGroupBuilder grants)
    {
        grants.MapGet("", ListGrants.HandleAsync).WithName("listGrants").WithSummary("Requests for roles, latest first").Produces<Page<GrantView>>();
        grants.MapGet("/{id:guid}", ListGrants.OneAsync).WithName("getGrant").WithSummary("One request for a role").Answers<GrantView>(404);
        grants.MapPost("/{id:guid}/confirmation", DecideGrant.ConfirmAsync).WithIdempotency<IdentityDbContext>().RequireStrong()
            .WithName("confirmGrant").WithSummary("Confirm a role another administrator asked for").Answers<GrantView>(404, 409, 412, 422);
        grants.MapPost("/{id:guid}/refusal", DecideGrant.RefuseAsync).WithIdempotency<IdentityDbContext>()
            .WithName("refuseGrant").WithSummary("Refuse a role another administrator asked for").Answers<GrantView>(404, 409, 412, 422);
        grants.MapDelete("/{id:guid}", DecideGrant.WithdrawAsync)
            .WithName("withdrawGrant").WithSummary("Take back what I asked for").Answers<GrantView>(404, 409, 412);
    }

    private static void MapClients(RouteGroupBuilder clients)
    {
        clients.MapGet("", ListClients.HandleAsync).WithName("listClients").WithSummary("OpenID clients, by id").Produces<Page<ClientView>>();
        clients.MapGet("/{clientId}", ListClients.OneAsync).WithName("getClient").WithSummary("One OpenID client").Answers<ClientView>(404);
        clients.MapPost("", SaveClient.CreateAsync).RequireStrong()
            .WithName("createClient").WithSummary("Register an OpenID client; the secret is shown only in this answer").Answers<ClientWithSecret>(201, 409);
        clients.MapPut("/{clientId}", SaveClient.ChangeAsync).RequireStrong()
            .WithName("changeClient").WithSummary("Replace what a client may do and where; type, authentication and grant stay").Answers<ClientView>(404, 409, 412);
        clients.MapPost("/{clientId}/secret", ClientState.RotateAsync).RequireStrong()
            .WithName("rotateClientSecret").WithSummary("Give a client a new secret; the old one is void").Answers<ClientWithSecret>(404, 409, 412);
        clients.MapPost("/{clientId}/deactivation", ClientState.DisableAsync).RequireStrong()
            .WithName("disableClient").WithSummary("Disable a client and void its tokens").Answers<ClientView>(404, 409, 412);
        clients.MapPost("/{clientId}/activation", ClientState.EnableAsync).RequireStrong()
            .WithName("enableClient").WithSummary("Enable a client again").Answers<ClientView>(404, 409, 412);
        clients.MapDelete("/{clientId}", ClientState.DeleteAsync).RequireStrong()
            .WithName("deleteClient").WithSummary("Remove a client; its id is never given away again").Answers(204, 404, 409, 412);
    }

    private static void MapUnits(RouteGroupBuilder admin)
    {
        admin.MapPatch("/units/{id}", CorrectUnit.HandleAsync)
            .WithName("correctUnit").WithSummary("Correct the names of a unit").Answers<GetUnit.View>(404, 409, 412);
        admin.MapPost("/receiving-places", SavePlace.AddAsync).WithIdempotency<IdentityDbContext>()
            .WithName("addReceivingPlace").WithSummary("Add a place where dossiers are taken in").Answers<ListPlaces.View>(201, 422);
        admin.MapPatch("/receiving-places/{id}", SavePlace.ChangeAsync)
            .WithName("changeReceivingPlace").WithSummary("Correct a receiving place or give it a last day").Answers<ListPlaces.View>(404, 409, 412);
    }
}
