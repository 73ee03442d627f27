using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Identity.Assisted;

/// <summary>Paths and services of assisted sessions.</summary>
internal static class AssistedEndpoints
{
    /// <summary>Helpers, and officials who answer for them.</summary>
    private const string StatisticsReader = "AssistedStatistics";

    public static void AddAssistedSessions(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<AssistedOptions>(AssistedOptions.Section);
        builder.Services.AddScoped<AssistedDesk>().AddScoped<AccountOpening>().AddScoped<ConsentRecord>().AddScoped<OpenAssistedSession>()
            .AddScoped<GiveConsentToHelp>().AddScoped<PaperConsents>().AddScoped<EndAssistedSession>().AddScoped<ListAssistedSessions>().AddScoped<AssistedStatistics>();
        builder.Services.AddSingleton(new SealedField("assisted_session", "sealed_address", AssistedSeals.Address))
            .AddSingleton(new SealedField("assisted_session", "sealed_opening", AssistedSeals.Opening))
            .AddSingleton(new SealedField("paper_consent", "sealed_scan", AssistedSeals.Paper, 4));
        builder.Services.AddHostedService<AssistedSweep>();
        builder.Services.AddAuthorizationBuilder().AddPolicy(StatisticsReader, p => p.RequireAuthenticatedUser().RequireAssertion(c =>
            Caller.From(c.User) is { ActsForAnother: false, ActsWithinLimits: false } && c.User.HasScope(Policies.ApiScope))
            .RequireRole(Roles.Helper, Roles.Chief, Roles.Leader, Roles.Auditor, Roles.Administrator));
    }

    public static void MapAssistedSessions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/assisted-sessions").WithTags("Assisted sessions")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("/", (OpenAssistedSession.Request request, OpenAssistedSession handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
            .RequireAuthorization(Policies.Helper).WithIdempotency<IdentityDbContext>()
            .WithName("openAssistedSession")
            .WithSummary("Ask to assist a citizen; a consent code goes to the citizen's own telephone")
            .WithDescription("The answer is the same whether or not the citizen is known or has a telephone. Without one, take consent on paper.")
            .Produces<AssistedView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/", (string? after, int? limit, ListAssistedSessions handler, HttpContext http, CancellationToken ct) => handler.OfHelperAsync(after, limit, http, ct))
            .RequireAuthorization(Policies.Helper)
            .WithName("listAssistedSessions")
            .WithSummary("The helper's own assisted sessions, newest first")
            .Produces<Page<AssistedView>>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/statistics", (DateOnly? from, DateOnly? to, string? groupBy, AssistedStatistics handler, CancellationToken ct) => handler.HandleAsync(from, to, groupBy, ct))
            .RequireAuthorization(StatisticsReader)
            .WithName("assistedStatistics")
            .WithSummary("Assisted sessions by helper, place, kind or unit: of one's own unit, for helpers of themselves")
            .Produces<AssistedStatistics.View>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id:guid}", (Guid id, ListAssistedSessions handler, HttpContext http, CancellationToken ct) => handler.GetAsync(id, http, ct))
            .RequireAuthorization(Policies.SignedIn)
            .WithName("getAssistedSession")
            .WithSummary("One assisted session, for its helper and its citizen")
            .Produces<AssistedView>().ProducesProblem(StatusCodes.Status404NotFound);
        MapConsent(group);
        Change(group.MapDelete("/{id:guid}", (Guid id, EndAssistedSession handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct)))
            .RequireAuthorization(Policies.SignedIn)
            .WithName("endAssistedSession")
            .WithSummary("End an assisted session at once: the helper, or the citizen who revokes it")
            .Produces(StatusCodes.Status204NoContent);

        app.MapGet("/api/v1/me/assisted-sessions", (string? after, int? limit, ListAssistedSessions handler, HttpContext http, CancellationToken ct) =>
                handler.OfCitizenAsync(after, limit, http, ct))
            .WithTags("Assisted sessions").RequireAuthorization(Policies.Citizen)
            .WithName("listMyAssistedSessions")
            .WithSummary("Sessions in which somebody assisted you, newest first")
            .Produces<Page<AssistedView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static void MapConsent(RouteGroupBuilder group)
    {
        Change(group.MapPost("/{id:guid}/consent", (Guid id, GiveConsentToHelp.Request request, GiveConsentToHelp handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(id, request, http, ct)))
            .RequireAuthorization(Policies.Helper).WithIdempotency<IdentityDbContext>()
            .WithName("consentToAssistedSession")
            .WithSummary("The code that the citizen tells; the session is active for 60 minutes")
            .Produces<AssistedView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Change(group.MapPost("/{id:guid}/consent-code", (Guid id, GiveConsentToHelp handler, HttpContext http, CancellationToken ct) => handler.ResendAsync(id, http, ct)))
            .RequireAuthorization(Policies.Helper)
            .WithName("resendConsentCode")
            .WithSummary("Send another consent code to the same telephone")
            .Produces<AssistedView>().ProducesProblem(StatusCodes.Status429TooManyRequests);
        Change(group.MapPost("/{id:guid}/paper-consent", (Guid id, PaperConsents handler, HttpContext http, CancellationToken ct) => handler.UploadAsync(id, http, ct)))
            .WithMetadata(new RequestSizeLimitAttribute(PaperConsents.MaxBytes + PaperConsents.Overhead))
            .RequireAuthorization(Policies.Helper)
            .WithName("paperConsent")
            .WithSummary("Scan of the signed consent where there is no telephone: multipart/form-data with the part scan (PDF, PNG or JPEG, 10 MB at most)")
            .Produces<AssistedView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        Change(group.MapPost("/{id:guid}/witness", (Guid id, PaperConsents handler, HttpContext http, CancellationToken ct) => handler.WitnessAsync(id, http, ct)))
            .RequireAuthorization(Policies.Helper).WithIdempotency<IdentityDbContext>()
            .WithName("witnessPaperConsent")
            .WithSummary("A second helper of the unit confirms having seen the paper signed, within 15 minutes")
            .Produces<AssistedView>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static RouteHandlerBuilder Change(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
}
