using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Archive.Exports;

/// <summary>Orders that the dossiers of a unit that ended in a period are written into the archive.</summary>
internal sealed class OrderExport(DossierDbContext db, ArchiveKeepers keepers, ArchiveRounds rounds, Caller caller, TimeProvider time)
{
    /// <param name="Unit">Unit that decided.</param>
    /// <param name="ClosedFrom">First local day of their end.</param>
    /// <param name="ClosedTo">Last local day of their end.</param>
    internal sealed record Request(string? Unit, DateOnly? ClosedFrom, DateOnly? ClosedTo);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/", (Request request, OrderExport handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Write the dossiers of a unit that ended in a period into the archive, in the background")
        .Answers<ExportView>(202, 400, 403, 409, 422, 503);

    private async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var unit = input.Need("unit", request.Unit, 20);
        if (request.ClosedFrom is not { } from)
            input.Wrong("closedFrom", "Thiếu ngày đầu.", "The first day is missing.");
        if (request.ClosedTo is not { } to || to < request.ClosedFrom)
            input.Wrong("closedTo", "Ngày cuối không được trước ngày đầu.", "The last day is not before the first.");
        if (input.Error is { } error)
            return error.ToProblem();
        if (await keepers.RefuseAsync(unit, ct) is { } refusal)
            return refusal.ToProblem();
        var export = new ArchiveExport
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UnitCode = unit,
            ClosedFrom = request.ClosedFrom!.Value,
            ClosedTo = request.ClosedTo!.Value,
            RequestedBy = caller.ActorId,
            RequestedAt = time.Now(),
        };
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        db.ArchiveExports.Add(export);
        await db.SaveChangesAsync(ct);
        var (begin, end) = (LocalTime.Instant(export.ClosedFrom, TimeOnly.MinValue).ToUniversalTime(), LocalTime.Instant(export.ClosedTo.AddDays(1), TimeOnly.MinValue).ToUniversalTime());
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO archive_item (export_id, dossier_id, state)
            SELECT {export.Id}, id, {ArchiveItemState.Pending} FROM dossier
            WHERE unit_code = {unit} AND closed_at >= {begin} AND closed_at < {end} AND destroyed_at IS NULL
            """, ct);
        var view = await ExportView.OfAsync(db, export, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        http.Response.OnCompleted(() =>
        {
            rounds.Wake();
            return Task.CompletedTask;
        });
        return TypedResults.Accepted($"/api/v1/admin/archive-exports/{export.Id}", view);
    }
}
