using HaLong.Dossiers.Domain;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>The caller's own dossiers, or those he may see for somebody else; newest first.</summary>
internal sealed class ListDossiers(DossierDesk desk, ReadRecord reads)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", (string? status, string? after, int? limit, ListDossiers handler, CancellationToken ct) => handler.HandleAsync(status, after, limit, ct))
        .RequireAuthorization(Policies.Applicant)
        .WithSummary("The caller's dossiers, newest first")
        .Answers<Page<DossierSummary>>(200, 400, 403, 503);

    private async Task<IResult> HandleAsync(string? status, string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        if (status is not null && !DossierStatus.All.Contains(status))
            return DossierErrors.Invalid.WithField("status", "Trạng thái không tồn tại.", "There is no such state.").ToProblem();

        var mine = await desk.OwnAsync(Acts.DossierRead, toChange: false, ct);
        if (!mine.IsSuccess)
            return mine.Error.ToProblem();
        var own = mine.Value.AsNoTracking();
        if (status is not null)
            own = own.Where(d => d.Status == status);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            own = own.Where(d => d.Id < last);
        }
        // Ids grow with time, so their order is the order of creation.
        var rows = await own.OrderByDescending(d => d.Id).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DossierList, rows.Take(size.Value).Select(d => d.OwnerId), ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(DossierSummary.Of), size.Value, d => [d.Id.ToString()]));
    }
}
