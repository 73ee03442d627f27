using HaLong.Identity.Domain;
using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Delegations;

/// <summary>Paths and services of delegations.</summary>
internal static class DelegationEndpoints
{
    public static void AddDelegations(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<DelegationOptions>(DelegationOptions.Section);
        builder.Services.AddScoped<People>().AddScoped<DelegationDesk>()
            .AddScoped<OfferDelegation>().AddScoped<AnswerDelegation>().AddScoped<RevokeDelegation>().AddScoped<ListDelegations>();
        builder.Services.AddHostedService<DelegationSweep>();
    }

    public static void MapDelegations(this IEndpointRouteBuilder app)
    {
        // Open to acting tokens only to tell them why not; a legal representative is let through, he speaks for the organisation itself.
        var group = app.MapGroup("/api/v1/me/delegations").WithTags("Delegations").RequireAuthorization(Policies.Applicant).AddEndpointFilter(RefuseDelegatesAsync)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("/", (OfferDelegation.Request request, OfferDelegation handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
            .WithIdempotency<IdentityDbContext>()
            .WithName("offerDelegation")
            .WithSummary("Offer somebody to act for you")
            .WithDescription("The answer does not tell whether the person named has an account. Nothing is allowed until the delegate accepts.")
            .Produces<DelegationView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/", (string? side, string? state, string? after, int? limit, ListDelegations handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(side, state, after, limit, http, ct))
            .WithName("listDelegations")
            .WithSummary("Delegations you gave and received, newest first")
            .Produces<Page<DelegationView>>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id:guid}", (Guid id, ListDelegations handler, HttpContext http, CancellationToken ct) => handler.GetAsync(id, http, ct))
            .WithName("getDelegation")
            .WithSummary("One delegation, for either side")
            .Produces<DelegationView>().ProducesProblem(StatusCodes.Status404NotFound);
        Change(group.MapPost("/{id:guid}/acceptance", (Guid id, AnswerDelegation handler, HttpContext http, CancellationToken ct) => handler.AcceptAsync(id, http, ct)))
            .WithIdempotency<IdentityDbContext>()
            .WithName("acceptDelegation")
            .WithSummary("Accept a delegation offered to you")
            .Produces<DelegationView>();
        Change(group.MapPost("/{id:guid}/refusal", (Guid id, AnswerDelegation handler, HttpContext http, CancellationToken ct) => handler.DeclineAsync(id, http, ct)))
            .WithIdempotency<IdentityDbContext>()
            .WithName("declineDelegation")
            .WithSummary("Decline a delegation offered to you")
            .Produces<DelegationView>();
        Change(group.MapDelete("/{id:guid}", (Guid id, RevokeDelegation handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct)))
            .WithName("revokeDelegation")
            .WithSummary("End a delegation at once, from either side")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static RouteHandlerBuilder Change(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);

    // Who is only authorised to act for an organisation passes nothing on either (Civil Code 2015 art. 564).
    private static async ValueTask<object?> RefuseDelegatesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = Caller.From(http.User);
        var isLetThrough = !caller.ActsWithinLimits && (!caller.ActsForAnother
            || await http.RequestServices.GetRequiredService<Representation>().IsLegalAsync(caller.ActorId, caller.AccountId, http.RequestAborted));
        return isLetThrough ? await next(context) : IdentityErrors.NoRedelegation.ToProblem();
    }
}
