using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Changes one's own schedule, lets it rest or has it go on, or ends it.</summary>
internal sealed class ChangeSchedule(DossierDbContext db, ScheduleDesk desk, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPatch("/{id:guid}", (Guid id, ScheduleInput input, ChangeSchedule handler, HttpContext http, CancellationToken ct) =>
            handler.HandleAsync(id, input, http, ct))
            .WithIdempotency<DossierDbContext>()
            .RequireAuthorization(Policies.Staff)
            .WithSummary("Change one's own schedule; paused lets it rest, false has it go on, also after it was paused by the platform")
            .Answers<ScheduleView>(200, 400, 403, 404, 409, 412, 422);
        group.MapDelete("/{id:guid}", (Guid id, ChangeSchedule handler, HttpContext http, CancellationToken ct) => handler.DeleteAsync(id, http, ct))
            .RequireAuthorization(Policies.Staff)
            .WithSummary("End one's own schedule; what it has made stays until it expires")
            .Answers(204, 403, 404, 409, 412);
    }

    private async Task<IResult> HandleAsync(Guid id, ScheduleInput input, HttpContext http, CancellationToken ct)
    {
        var found = await desk.FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var schedule = found.Value;
        if (Etag.Check(http.Request, schedule.Version) is { } stale)
            return stale.ToProblem();
        if (input.Defects(isNew: false) is { } error)
            return error.ToProblem();
        var rests = input.Paused ?? schedule.DueAt is null;
        input.Fill(schedule);
        var preview = await desk.PreviewAsync(schedule, ct);
        if (!preview.IsSuccess)
            return preview.Error.ToProblem();
        schedule.PlanFrom(time.Now());
        if (rests)
            schedule.Pause(PauseReasons.Owner);
        db.Record("statistics.schedule-changed", id.ToString(), ScheduleView.Of(schedule));
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, schedule.Version);
        return TypedResults.Ok(ScheduleView.Of(schedule));
    }

    private async Task<IResult> DeleteAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var found = await desk.FindAsync(id, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        if (Etag.Check(http.Request, found.Value.Version) is { } stale)
            return stale.ToProblem();
        db.Remove(found.Value);
        db.Record("statistics.schedule-deleted", id.ToString(), ScheduleView.Of(found.Value));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
