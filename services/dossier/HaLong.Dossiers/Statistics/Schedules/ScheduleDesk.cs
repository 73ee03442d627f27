using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Files;
using HaLong.Dossiers.Statistics.Reports;
using HaLong.Dossiers.Statistics.Sight;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>Whose schedules somebody handles: his own and nobody else's.</summary>
internal sealed class ScheduleDesk(DossierDbContext db, Caller caller, StatisticsSight sight, ReportShelf shelf, TimeProvider time)
{
    /// <summary>Who may have reports sent.</summary>
    public static readonly IReadOnlyList<string> Subscribers = [Roles.Leader, Roles.Chief, Roles.Approver, Roles.Auditor];

    public bool MaySubscribe => Subscribers.Any(caller.IsInRole);

    public IQueryable<ReportSchedule> Own => db.Set<ReportSchedule>().Where(s => s.AccountId == caller.AccountId);

    /// <summary>One's own schedule; the refusal when there is none, or when the caller may have none.</summary>
    public async Task<Result<ReportSchedule>> FindAsync(Guid id, CancellationToken ct)
    {
        if (!MaySubscribe)
            return CommonErrors.Forbidden;
        return await Own.SingleOrDefaultAsync(s => s.Id == id, ct) is { } schedule ? schedule : ReportFileErrors.ScheduleNotFound;
    }

    /// <summary>The report as the schedule would give it now, as its owner: what that refuses, the schedule would.</summary>
    public async Task<Result<ReportTable>> PreviewAsync(ReportSchedule schedule, CancellationToken ct)
    {
        var seen = await sight.UnitsAsync(schedule.Unit, ct);
        if (!seen.IsSuccess)
            return seen.Error;
        var period = schedule.Rhythm.PeriodOn(LocalTime.Date(time.GetUtcNow()));
        return await shelf.MakeAsync(new ReportRequest(schedule.Report, schedule.Unit, period.From, period.To, schedule.By), ct);
    }
}
