using HaLong.Dossiers.Features;
using HaLong.Dossiers.NationalPortal.Comparing;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>A comparison, as it is told.</summary>
/// <param name="State">requested, running, done or failed.</param>
/// <param name="Seen">Dossiers that the portal listed.</param>
internal sealed record CompareView(
    Guid Id, string State, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Error, int Seen, int Missing,
        int Status, int Content,
    int Unknown, int Healing, int Rejected)
{
    public static CompareView Of(PortalCompare c) => new(
        c.Id, c.FinishedAt is null ? c.StartedAt is null ? "requested" : "running" : c.Error is null ? "done" : "failed", c.RequestedAt, c.StartedAt,
            c.FinishedAt, c.Error, c.Seen,
        c.Missing, c.Status, c.Content, c.Unknown, c.Healing, c.Rejected);
}

/// <summary>Asks for a comparison now; it is made in the background. Who asks while one is asked for or runs gets that one.</summary>
internal sealed class AskCompare(DossierDbContext db, Caller caller, IOptions<PortalOptions> options, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/compare", (AskCompare handler, CancellationToken ct) => handler.HandleAsync(ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Compare the national portal's list with ours now (administrator)")
        .WithDescription("What became of it is in the overview. Asked for twice, it is one. DOS-0860: the portal is not connected.")
        .Answers<CompareView>(202, 422, 503);

    private async Task<IResult> HandleAsync(CancellationToken ct)
    {
        if (!options.Value.Enabled)
            return PortalErrors.NotConnected.ToProblem();
        var now = time.Now();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO portal.compare (id, requested_at, requested_by, seen, missing, status, content, unknown, healing, rejected)
            VALUES ({Guid.CreateVersion7(now)}, {now}, {caller.ActorId}, 0, 0, 0, 0, 0, 0, 0)
            ON CONFLICT (finished_at) WHERE finished_at IS NULL DO NOTHING
            """, ct);
        var compare = await db.Set<PortalCompare>().AsNoTracking().OrderBy(c => c.FinishedAt == null ? 0 : 1).ThenByDescending(c => c.RequestedAt)
            .FirstAsync(ct);
        return TypedResults.Accepted((string?)null, CompareView.Of(compare));
    }
}
