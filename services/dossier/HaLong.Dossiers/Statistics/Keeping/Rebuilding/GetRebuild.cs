using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping.Rebuilding;

/// <summary>How far the rebuild is, or what came of the last one.</summary>
internal sealed class GetRebuild(DossierDbContext db, NpgsqlDataSource database, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet(StartRebuild.Path, (GetRebuild handler, CancellationToken ct) => handler.HandleAsync(ct))
        .WithTags("Statistics")
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("How far the rebuild of statistics is, or what came of the last one")
        .WithDescription("Also those of the night, which only compare. Differences of 0 say that what was kept step by step is what the histories say.")
        .Answers<RebuildView>(200);

    private async Task<IResult> HandleAsync(CancellationToken ct)
    {
        var waiting = await db.Database.SqlQuery<long>($"""SELECT count(*) AS "Value" FROM statistics.changed""").SingleAsync(ct);
        if (await db.Set<Rebuild>().AsNoTracking().OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(ct) is not { } row)
            return TypedResults.Ok(RebuildView.Never(waiting));
        await using var open = await database.OpenConnectionAsync(ct);
        if (row.State == RebuildState.Running && !await KeepLocks.AskAsync(open, KeepLocks.IsRebuilt, ct))
        {
            // It may have ended just now: its row says so before its lock goes.
            var id = row.Id;
            row = await db.Set<Rebuild>().AsNoTracking().SingleAsync(r => r.Id == id, ct);
            if (row.State == RebuildState.Running)
                row.State = RebuildState.Interrupted;
        }

        return TypedResults.Ok(RebuildView.Of(row, time.GetUtcNow(), waiting));
    }
}
