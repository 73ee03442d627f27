using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>
/// One due report, made in one transaction with its files, the fact that tells of it, and the next time: what a crash interrupts is made again from
/// the beginning. A schedule that another replica has at this moment is left to it.
/// </summary>
internal sealed class ScheduleClaim(DossierDbContext db, ScheduleRights rights, ReportDelivery delivery, ScheduleTelemetry telemetry, TimeProvider time)
{
    /// <summary>Which one was taken.</summary>
    public Guid? Taken { get; private set; }

    /// <summary>False when nothing is due.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.Now();
        var schedule = await db.Set<ReportSchedule>()
            .FromSql($"SELECT *, xmin FROM statistics.report_schedule WHERE due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED").FirstOrDefaultAsync(ct);
        if (schedule is null)
            return false;
        Taken = schedule.Id;
        using var span = DossierTelemetry.Source.StartActivity("scheduled report");
        span?.SetTag("report", schedule.Report).SetTag("rhythm", schedule.Kind);
        var reason = await MakeAsync(schedule, now, ct);
        if (reason is null)
            schedule.Made(now);
        else
            schedule.Pause(reason);
        span?.SetTag("paused", reason);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        if (reason is null)
            telemetry.Made(schedule.Kind);
        else
            telemetry.Paused(reason);
        return true;
    }

    /// <summary>Another try later; nothing when it was made by somebody else meanwhile.</summary>
    public async Task PutOffAsync(Guid id, ScheduleOptions options, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.Now();
        if (await db.Set<ReportSchedule>().FromSql($"SELECT *, xmin FROM statistics.report_schedule WHERE id = {id} AND due_at <= {now} FOR UPDATE").FirstOrDefaultAsync(ct) is { } schedule)
            schedule.TryAgainAt(now + options.PauseAfter(schedule.Attempts));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Makes the last report that is due; those before it are not made up for. Gives the reason why there will be none from now on.</summary>
    private async Task<string?> MakeAsync(ReportSchedule schedule, DateTimeOffset now, CancellationToken ct)
    {
        var seen = await rights.OfAsync(schedule.AccountId, schedule.Unit, ct);
        if (seen.PauseReason is { } reason)
            return reason;
        var made = await delivery.MakeAsync(schedule, schedule.Rhythm.LastUntil(now), seen.Units, ct);
        if (made.IsSuccess)
            return null;
        // What is only down now will be up again; anything else stays refused.
        return made.Error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout or ErrorKind.TooMany ? throw new ErrorException(made.Error)
            : PauseReasons.Refused(made.Error.Code);
    }
}
