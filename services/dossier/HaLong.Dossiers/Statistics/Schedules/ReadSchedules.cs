using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>One's own schedules. There are few, so there are no pages.</summary>
internal sealed class ReadSchedules(ScheduleDesk desk)
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/", (ReadSchedules handler, CancellationToken ct) => handler.ListAsync(ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("One's own schedules of reports, oldest first")
            .Answers<IReadOnlyList<ScheduleView>>(200, 403);
        group.MapGet("/{id:guid}", (Guid id, ReadSchedules handler, HttpContext http, CancellationToken ct) => handler.ShowAsync(id, http, ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("One of one's own schedules, with ETag")
            .Answers<ScheduleView>(200, 403, 404);
    }

    private async Task<IResult> ListAsync(CancellationToken ct) => desk.MaySubscribe
        ? TypedResults.Ok<IReadOnlyList<ScheduleView>>((await desk.Own.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct)).ConvertAll(ScheduleView.Of))
        : CommonErrors.Forbidden.ToProblem();

    private async Task<IResult> ShowAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var found = await desk.FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        Etag.Set(http.Response, found.Value.Version);
        return TypedResults.Ok(ScheduleView.Of(found.Value));
    }
}
