using System.Globalization;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>What was filed on the national portal for the unit, oldest first.</summary>
internal sealed class ListInbound(InboundDesk desk)
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/inbound",
            (string? state, string? after, int? limit, ListInbound handler, CancellationToken ct) => handler.HandleAsync(state, after, limit, ct))
        .RequireAuthorization(Policies.Reception)
        .WithSummary("Filings of the national portal for my unit, and what became of them (reception)")
        .WithDescription("`state`: received, waitingForAccount, filed, failed or refused; else all. "
            + "Those whose unit is not known are shown to every reception.")
        .Answers<Page<InboundView>>(200, 400);

    private async Task<IResult> HandleAsync(string? state, string? after, int? limit, CancellationToken ct)
    {
        if (state is not null && !InboundState.All.Contains(state))
            return InboundErrors.BadState.WithField("state", string.Join(", ", InboundState.All)).ToProblem();
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var first = 0L;
        if (cursor.Value is [var number] && !long.TryParse(number, CultureInfo.InvariantCulture, out first))
            return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
        var rows = desk.Visible.AsNoTracking().Where(f => f.Number > first);
        if (state is not null)
            rows = rows.Where(f => f.State == state);
        var page = await rows.OrderBy(f => f.Number).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page.ConvertAll(InboundView.Of), size.Value, f => [f.Number.ToString(CultureInfo.InvariantCulture)]));
    }
}
