using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Work queues of officials: everything open in the unit, or what the caller works on; oldest first.</summary>
internal sealed class ListInbox(DossierDesk desk, Caller caller, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", (string? queue, string? after, int? limit, ListInbox handler, CancellationToken ct) => handler.HandleAsync(queue, after, limit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Work queue: queue=unit (default) or mine")
        .Answers<Page<DossierSummary>>(200, 400);

    private async Task<IResult> HandleAsync(string? queue, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var open = desk.OfUnit.AsNoTracking().Where(d => DossierStatus.Open.Contains(d.Status));
        switch (queue ?? "unit")
        {
            case "unit":
                break;
            case "mine":
                open = open.Where(d => d.OfficerId == caller.AccountId);
                break;
            default:
                return DossierErrors.Invalid.WithField("queue", "Chỉ có “unit” và “mine”.", "Either “unit” or “mine”.").ToProblem();
        }
        if (cursor.Value is [var time, var key])
        {
            if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) || !Guid.TryParse(key, out var id))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            open = open.Where(d => EF.Functions.GreaterThan(ValueTuple.Create(d.SubmittedAt!.Value, d.Id), ValueTuple.Create(at.ToUniversalTime(), id)));
        }
        var rows = await open.OrderBy(d => d.SubmittedAt).ThenBy(d => d.Id).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DossierList, rows.Take(size.Value).Select(d => d.OwnerId), ct);
        var page = rows.ConvertAll(DossierSummary.Of);
        return TypedResults.Ok(Page.Of(page, size.Value, d => [d.SubmittedAt!.Value.ToString("O", CultureInfo.InvariantCulture), d.Id.ToString()]));
    }
}
