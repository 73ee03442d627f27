using HaLong.Dossiers.Features;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // the database compares, in the order of the column: ordinal

namespace HaLong.Dossiers.NationalPortal.Views;

/// <summary>The ledger in the order of codes, by state, drift and unit: the tasks of people are those that are rejected or unknown.</summary>
internal sealed class ListLedger(DossierDbContext db, LedgerSight sight)
{
    internal sealed record Filter(string? State, string? Drift, string? Unit);

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/ledger", (string? state, string? drift, string? unit, string? after, string? cursor, int? limit, ListLedger handler, CancellationToken ct) =>
            handler.HandleAsync(new Filter(state, drift, unit), after ?? cursor, limit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("What the national portal knows of dossiers: by state, drift and unit")
        .WithDescription("Administrators and auditors see all, leaders, chiefs and approvers their unit and those below. "
            + "`drift=unknown` lists what only the portal knows; only who sees all sees it.")
        .Answers<Page<LedgerView>>(200, 400, 403);

    private async Task<IResult> HandleAsync(Filter filter, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        if (Defects(filter) is { } refusal)
            return refusal.ToProblem();
        var seen = await sight.RowsAsync(filter.Unit, ct);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        var begin = cursor.Value is [var code] ? code : "";
        if (filter.Drift == LedgerDrift.Unknown)
            return TypedResults.Ok(await StrangersAsync(seen.Value.All && filter.State is null, begin, size.Value, ct));
        var rows = seen.Value.Rows.Where(l => string.Compare(l.Code, begin) > 0);
        if (filter.State is not null)
            rows = rows.Where(l => l.State == filter.State);
        if (filter.Drift is not null)
            rows = rows.Where(l => l.Drift == filter.Drift);
        var page = await rows.OrderBy(l => l.Code).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page.ConvertAll(LedgerView.Of), size.Value, v => [v.Code]));
    }

    private async Task<Page<LedgerView>> StrangersAsync(bool visible, string begin, int size, CancellationToken ct)
    {
        var strangers = visible
            ? await db.Set<Stranger>().AsNoTracking().Where(s => string.Compare(s.Code, begin) > 0).OrderBy(s => s.Code).Take(size + 1).ToListAsync(ct)
            : [];
        return Page.Of(strangers.ConvertAll(LedgerView.Of), size, v => [v.Code]);
    }

    private static Error? Defects(Filter filter)
    {
        if (filter.State is { } state && !LedgerState.All.Contains(state))
            return PortalErrors.BadFilter.WithField("state", "Không có trạng thái này.", "There is no such state.");
        return filter.Drift is { } drift && !LedgerDrift.All.Contains(drift)
            ? PortalErrors.BadFilter.WithField("drift", "Không có loại sai lệch này.", "There is no such drift.") : null;
    }
}
