using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>Has all facts and cubes made anew, in the background.</summary>
internal sealed class StartRebuild(StatisticsRebuild rebuild, KeepTelemetry telemetry, Caller caller, TimeProvider time)
{
    public const string Path = "/api/v1/admin/statistics/rebuild";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost(Path, (StartRebuild handler, CancellationToken ct) => handler.HandleAsync(ct))
        .WithTags("Statistics").WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Make all statistics anew from the histories of dossiers, in the background")
        .WithDescription("Figures stay readable and are kept meanwhile. One at a time: DOS-0810 while one runs. What was in use stays in use if it fails.")
        .Answers<RebuildView>(202, 409, 422);

    private async Task<IResult> HandleAsync(CancellationToken ct) =>
        await rebuild.BeginAsync(RebuildKind.Rebuild, caller.ActorId, ct) is { } begun
            ? TypedResults.Accepted(Path, RebuildView.Of(begun, time.GetUtcNow(), telemetry.Waits.Count))
            : KeepingErrors.Rebuilding.ToProblem();
}
