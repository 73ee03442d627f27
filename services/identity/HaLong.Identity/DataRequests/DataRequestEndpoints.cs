using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.DataRequests;

internal static class DataRequestEndpoints
{
    public static void AddDataRequests(this IServiceCollection services)
    {
        services.AddScoped<RequestDetails>().AddScoped<DataExportBuilder>().AddScoped<DataRequestDesk>().AddScoped<DecideDataRequest>().AddScoped<Erasure>();
        services.AddSingleton<DataRequestInstruments>().AddHostedService<DataRequestWatch>();
        services.AddSingleton(new SealedField("data_request", "sealed_details", FieldVault.DataRequests));
        services.AddSingleton(new SealedField("data_export", "sealed", FieldVault.DataExports, Batch: 20));
        foreach (var section in ExportSections.All)
            services.AddSingleton(section);
        foreach (var step in Erasure.Steps)
            services.AddSingleton(step);
        services.AddAuthorizationBuilder().AddPolicy(DataRequestDesk.Readers, p => p.RequireAuthenticatedUser()
            .RequireAssertion(c => c.User.HasScope(Policies.ApiScope) && !Caller.From(c.User).ActsForAnother).RequireRole(Roles.Administrator, Roles.Auditor));
    }

    public static void MapDataRequests(this IEndpointRouteBuilder app)
    {
        MapOwn(app.MapGroup("/api/v1/me").WithTags("Data requests").RequireAuthorization(Policies.SignedIn)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound));
        MapDesk(app.MapGroup("/api/v1/data-requests").WithTags("Data requests").RequireAuthorization(DataRequestDesk.Readers)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden));
    }

    private static void MapOwn(RouteGroupBuilder mine)
    {
        mine.MapPost("/data-requests", FileDataRequest.HandleAsync).WithIdempotency<IdentityDbContext>()
            .WithName("fileDataRequest").WithSummary("Ask to see, correct, restrict, object to or delete one's personal data; delete needs a strong sign-in")
            .Produces<DataRequestView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        mine.MapGet("/data-requests", OwnDataRequests.ListAsync)
            .WithName("listMyDataRequests").WithSummary("The caller's requests about personal data, newest first")
            .Produces<Page<DataRequestView>>().ProducesProblem(StatusCodes.Status400BadRequest);
        mine.MapGet("/data-requests/{id:guid}", OwnDataRequests.GetAsync)
            .WithName("getMyDataRequest").WithSummary("One request with its limits and outcome")
            .Produces<DataRequestView>();
        mine.MapGet("/data-requests/{id:guid}/export", OwnDataRequests.ExportAsync).RequireStrong()
            .WithName("downloadMyData").WithSummary("The copy of one's data as JSON; needs a strong sign-in")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
        mine.MapGet("/data-requests/{id:guid}/export.pdf", OwnDataRequests.PrintAsync).RequireStrong()
            .WithName("printMyData").WithSummary("The copy of one's data as PDF; needs a strong sign-in")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf");
        mine.MapDelete("/restriction", OwnDataRequests.EndRestrictionAsync)
            .WithName("endMyRestriction").WithSummary("End the restriction of processing that one asked for")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static void MapDesk(RouteGroupBuilder desk)
    {
        desk.MapGet("", (string? state, bool? overdue, string? after, int? limit, DataRequestDesk handler, CancellationToken ct) =>
                handler.ListAsync(state, overdue, after, limit, ct))
            .WithName("listDataRequests").WithSummary("Requests that came to the caller's unit, to those below it or to any, the soonest limit first; state=, overdue=true")
            .Produces<Page<DeskView>>().ProducesProblem(StatusCodes.Status400BadRequest);
        desk.MapGet("/{id:guid}", (Guid id, DataRequestDesk handler, HttpContext http, CancellationToken ct) => handler.ShowAsync(id, http, ct))
            .WithName("getDataRequest").WithSummary("A request with what the person wrote; the reading is recorded")
            .Produces<DeskDetailView>().ProducesProblem(StatusCodes.Status404NotFound);

        var steps = desk.MapGroup("/{id:guid}").RequireAuthorization(Policies.Administrator).RequireStrong()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        steps.MapPost("/acknowledgement", (Guid id, DecideDataRequest handler, HttpContext http, CancellationToken ct) => handler.AcknowledgeAsync(id, http, ct))
            .WithIdempotency<IdentityDbContext>()
            .WithName("acknowledgeDataRequest").WithSummary("Tell the person that the request has arrived").Produces<DeskView>();
        steps.MapPost("/start", (Guid id, DecideDataRequest handler, HttpContext http, CancellationToken ct) => handler.BeginAsync(id, http, ct))
            .WithIdempotency<IdentityDbContext>()
            .WithName("startDataRequest").WithSummary("Begin to deal with a request").Produces<DeskView>();
        steps.MapPost("/completion", (Guid id, Completion body, DecideDataRequest handler, HttpContext http, CancellationToken ct) => handler.CompleteAsync(id, body, http, ct))
            .WithIdempotency<IdentityDbContext>()
            .WithName("completeDataRequest").WithSummary("Do what was asked for, on evidence; the answer lists what was done and what stays").Produces<DeskView>();
        steps.MapPost("/refusal", (Guid id, DataRefusal body, DecideDataRequest handler, HttpContext http, CancellationToken ct) => handler.RefuseAsync(id, body, http, ct))
            .WithIdempotency<IdentityDbContext>()
            .WithName("refuseDataRequest").WithSummary("Refuse a request with the reason and its legal basis").Produces<DeskView>();
    }
}
