using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Filing;

/// <summary>What reception takes in or hands out here for other units, oldest first.</summary>
internal sealed class ListReceived(DossierDbContext db, Caller caller, ReadRecord reads)
{
    private static readonly string[] AtTheCounter = [DossierStatus.Submitted, DossierStatus.Resolved];

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/receiving", (string? after, int? limit, ListReceived handler, CancellationToken ct) => handler.HandleAsync(after, limit, ct))
        .RequireAuthorization(Policies.Reception)
        .WithSummary("Dossiers handed in here that another unit decides: to be taken in, or to be handed out")
        .Answers<Page<DossierSummary>>(200, 400);

    private async Task<IResult> HandleAsync(string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var unit = caller.Unit ?? "";
        var rows = db.Dossiers.AsNoTracking()
            .Where(d => d.ReceivingUnitCode == unit && d.ReceivingUnitCode != d.UnitCode && AtTheCounter.Contains(d.Status) && d.UnitChoices.Length == 0);
        if (cursor.Value is [var at, var key])
        {
            if (!DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since) || !Guid.TryParse(key, out var id))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            rows = rows.Where(d => EF.Functions.GreaterThan(ValueTuple.Create(d.SubmittedAt!.Value, d.Id), ValueTuple.Create(since.ToUniversalTime(), id)));
        }
        var page = await rows.OrderBy(d => d.SubmittedAt).ThenBy(d => d.Id).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DossierList, page.Take(size.Value).Select(d => d.OwnerId), ct);
        return TypedResults.Ok(Page.Of(page.ConvertAll(DossierSummary.Of), size.Value, d => [d.SubmittedAt!.Value.ToString("O", CultureInfo.InvariantCulture), d.Id.ToString()]));
    }
}
