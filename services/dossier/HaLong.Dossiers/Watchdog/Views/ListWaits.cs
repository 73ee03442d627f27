using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Watchdog.Views;

/// <summary>Who waits too long, or soon will: the latest first date first, with what was warned.</summary>
internal sealed class ListWaits(DossierDbContext db, WaitSight sight, ReadRecord reads, TimeProvider time)
{
    /// <param name="UnitCode">The unit that has the next move.</param>
    /// <param name="Late">Past its latest date.</param>
    /// <param name="Warnings">Given about the dossier so far, oldest first.</param>
    internal sealed record Item(
        Guid DossierId, string Code, string ProcedureCode, string Status, string UnitCode, string Who, Guid? OfficerId, string Reason, string Text, DateTimeOffset Since,
        DateTimeOffset Latest, bool Assumed, bool Late, IReadOnlyList<WarningView> Warnings);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", (string? unit, string? reason, string? who, bool? late, string? after, int? limit, ListWaits handler, CancellationToken ct) =>
            handler.HandleAsync(new WaitFilter(unit, reason, who, late), after, limit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Dossiers whose wait is past or near its latest date")
        .Answers<Page<Item>>(200, 400, 403);

    private async Task<IResult> HandleAsync(WaitFilter filter, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor, now) = (Cursor.Limit(limit), Cursor.Decode(after, 2), time.Now());
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var seen = sight.Of(filter, now);
        if (!seen.IsSuccess)
            return seen.Error.ToProblem();
        var waits = seen.Value;
        if (cursor.Value is [var moment, var key])
        {
            if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) || !Guid.TryParse(key, out var id))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            waits = waits.Where(w => EF.Functions.GreaterThan(ValueTuple.Create(w.LatestAt!.Value, w.DossierId), ValueTuple.Create(at.ToUniversalTime(), id)));
        }
        var rows = await waits.OrderBy(w => w.LatestAt).ThenBy(w => w.DossierId).Take(size.Value + 1)
            .Join(db.Dossiers, w => w.DossierId, d => d.Id, (w, d) => new { Wait = w, d.Code, d.ProcedureCode, d.Status, d.OfficerId, d.OwnerId })
            .OrderBy(r => r.Wait.LatestAt).ThenBy(r => r.Wait.DossierId).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DossierList, rows.Take(size.Value).Select(r => r.OwnerId), ct);
        var ids = rows.ConvertAll(r => r.Wait.DossierId);
        var warnings = (await db.WaitWarnings.AsNoTracking().Where(w => ids.Contains(w.DossierId)).OrderBy(w => w.GivenAt).ThenBy(w => w.PlannedAt).ToListAsync(ct)).ToLookup(w => w.DossierId, WarningView.Of);
        var items = rows.ConvertAll(r => new Item(
            r.Wait.DossierId, r.Code!, r.ProcedureCode, r.Status, r.Wait.UnitCode!, r.Wait.Who!, r.OfficerId, r.Wait.Reason!, Words(r.Wait.Reason!), r.Wait.Since!.Value,
            r.Wait.LatestAt!.Value, r.Wait.Assumed, r.Wait.LatestAt < now, [.. warnings[r.Wait.DossierId]]));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Latest.ToString("O", CultureInfo.InvariantCulture), i.DossierId.ToString()]));
    }

    private static string Words(string reason) => Waits.All.FirstOrDefault(w => w.Reason == reason) is { } wait ? Text.Bilingual(wait.Vi, wait.En) : reason;
}
