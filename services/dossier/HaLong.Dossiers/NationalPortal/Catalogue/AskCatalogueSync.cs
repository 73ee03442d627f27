using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>A reading, as it is told.</summary>
/// <param name="State">requested, running, done or failed.</param>
internal sealed record CatalogueSyncView(
    Guid Id, string State, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Error, int Seen, int Changed, int Abolished)
{
    public static CatalogueSyncView Of(CatalogueSyncRun r) => new(
        r.Id, r.FinishedAt is null ? r.StartedAt is null ? "requested" : "running" : r.Error is null ? "done" : "failed", r.RequestedAt, r.StartedAt, r.FinishedAt,
        r.Error, r.Seen, r.Changed, r.Abolished);
}

/// <summary>Asks for the national catalogue to be read now; it is done in the background. Who asks while one is asked for or runs gets that one.</summary>
internal sealed class AskCatalogueSync(DossierDbContext db, Caller caller, IOptions<PortalOptions> options, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/catalogue-sync", (AskCatalogueSync handler, CancellationToken ct) => handler.HandleAsync(ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Read the national catalogue now (administrator)")
        .WithDescription("What became of it is in `GET …/catalogue`. Asked for twice, it is one. DOS-0860: the portal is not connected.")
        .Answers<CatalogueSyncView>(202, 422, 503);

    private async Task<IResult> HandleAsync(CancellationToken ct)
    {
        if (!options.Value.Enabled)
            return PortalErrors.NotConnected.ToProblem();
        var now = time.Now();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO portal.catalogue_sync (id, requested_at, requested_by, seen, changed, abolished)
            VALUES ({Guid.CreateVersion7(now)}, {now}, {caller.ActorId}, 0, 0, 0)
            ON CONFLICT (finished_at) WHERE finished_at IS NULL DO NOTHING
            """, ct);
        var run = await db.Set<CatalogueSyncRun>().AsNoTracking().OrderBy(r => r.FinishedAt == null ? 0 : 1).ThenByDescending(r => r.RequestedAt).FirstAsync(ct);
        return TypedResults.Accepted((string?)null, CatalogueSyncView.Of(run));
    }
}
