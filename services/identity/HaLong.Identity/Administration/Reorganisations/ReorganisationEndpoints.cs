using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Administration.Reorganisations;

internal static class ReorganisationEndpoints
{
    public static IServiceCollection AddReorganisations(this IServiceCollection services) =>
        services.AddScoped<ReorganisationPlanner>().AddScoped<ReorganisationExecution>().AddScoped<ApplyReorganisation>();

    public static void MapReorganisations(this RouteGroupBuilder group)
    {
        group.MapGet("", ListReorganisations.HandleAsync)
            .WithName("listReorganisations").WithSummary("Reorganisations of units, latest first").Produces<Page<ReorganisationLine>>();
        group.MapGet("/{id:guid}", ListReorganisations.OneAsync)
            .WithName("getReorganisation").WithSummary("A reorganisation with its report; a draft is tried out anew").Answers<ReorganisationView>(404);
        group.MapPost("", SubmitReorganisation.HandleAsync).WithIdempotency<IdentityDbContext>()
            .WithName("submitReorganisation").WithSummary("Try out a reorganisation and keep it as a draft with its report").Answers<ReorganisationView>(201, 413, 422);
        group.MapPost("/{id:guid}/application", ApplyReorganisation.HandleAsync).WithIdempotency<IdentityDbContext>().RequireStrong()
            .WithName("applyReorganisation").WithSummary("Put a reorganisation into effect that another administrator submitted").Answers<ReorganisationView>(404, 409, 412, 422);
        group.MapDelete("/{id:guid}", ApplyReorganisation.DiscardAsync)
            .WithName("discardReorganisation").WithSummary("Discard a draft").Answers(204, 404, 409, 412);
    }
}
