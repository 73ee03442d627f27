using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Files;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>An official subscribes himself to a report.</summary>
internal sealed class CreateSchedule(DossierDbContext db, ScheduleDesk desk, Caller caller, IOptions<ScheduleOptions> options, TimeProvider time)
{
    private const int Morning = 7;

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/", (ScheduleInput input, CreateSchedule handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(input, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Have a report made regularly for oneself (leader, chief, approver, auditor)")
        .WithDescription("Its owner is told by e-mail and in the inbox and fetches the files signed in; no file is attached to a mail.")
        .Answers<ScheduleView>(201, 400, 403, 404, 409, 422);

    private async Task<IResult> HandleAsync(ScheduleInput input, HttpContext http, CancellationToken ct)
    {
        if (!desk.MaySubscribe)
            return CommonErrors.Forbidden.ToProblem();
        if (input.Defects(isNew: true) is { } error)
            return error.ToProblem();
        var now = time.Now();
        var schedule = new ReportSchedule
        {
            Id = Guid.CreateVersion7(now),
            AccountId = caller.AccountId,
            Report = input.Report!,
            // Named even when it is one's own: who changes the office must not get the figures of the next one by an old order.
            Unit = caller.IsInRole(Roles.Auditor) ? null : caller.Unit,
            Kind = input.Rhythm!,
            Hour = Morning,
            Formats = [ReportFile.Xlsx],
            Language = ReportWords.Vi,
            CreatedAt = now,
        };
        input.Fill(schedule);
        var preview = await desk.PreviewAsync(schedule, ct);
        if (!preview.IsSuccess)
            return preview.Error.ToProblem();
        schedule.PlanFrom(now);

        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        // Two at once would both find room for the last one.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({caller.Subject}, 57))", ct);
        if (await desk.Own.CountAsync(ct) >= options.Value.MostOfAPerson)
            return ReportFileErrors.TooManySchedules.Format(options.Value.MostOfAPerson).ToProblem();
        db.Add(schedule);
        db.Record("statistics.schedule-created", schedule.Id.ToString(), ScheduleView.Of(schedule));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, schedule.Version);
        return TypedResults.Created($"/api/v1/statistics/schedules/{schedule.Id}", ScheduleView.Of(schedule));
    }
}
