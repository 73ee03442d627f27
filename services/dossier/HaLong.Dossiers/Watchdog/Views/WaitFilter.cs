using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Watchdog.Views;

/// <summary>Which waits are asked for; all parts may be absent.</summary>
/// <param name="Unit">Code of the unit that has the move; officials below the administrator see their own only.</param>
/// <param name="Reason">A reason of <see cref="Waits"/>.</param>
/// <param name="Who">Whose move it is.</param>
/// <param name="Late">True: only those past their latest date; else also those that are near it.</param>
internal sealed record WaitFilter(string? Unit, string? Reason, string? Who, bool? Late);

/// <summary>The waits that somebody may see.</summary>
internal sealed class WaitSight(DossierDbContext db, Caller caller, IOptions<WatchdogOptions> options)
{
    /// <summary>Waits past or near their latest date, as far as the caller may see them and asks for.</summary>
    public Result<IQueryable<DossierWait>> Of(WaitFilter filter, DateTimeOffset now)
    {
        if (UnitFor(filter.Unit) is not { } unit)
            return WatchdogErrors.NotYours;
        if (filter.Reason is { } reason && Waits.All.All(w => w.Reason != reason))
            return WatchdogErrors.BadFilter.WithField("reason", "Không có lý do chờ này.", "There is no such reason.");
        if (filter.Who is { } who && Waits.All.All(w => w.Who != who))
            return WatchdogErrors.BadFilter.WithField("who", "Không có vai trò này.", "There is no such party.");
        var until = filter.Late == true ? now : now + options.Value.Near;
        var waits = db.Waits.AsNoTracking().Where(w => w.LatestAt < until && w.Reason != null);
        if (unit.Length > 0)
            waits = waits.Where(w => w.UnitCode == unit);
        if (filter.Reason is not null)
            waits = waits.Where(w => w.Reason == filter.Reason);
        if (filter.Who is not null)
            waits = waits.Where(w => w.Who == filter.Who);
        return Result.Of(waits);
    }

    /// <summary>The unit to look at; empty: all of them; null: not his to see.</summary>
    private string? UnitFor(string? asked)
    {
        if (caller.IsInRole(Roles.Administrator))
            return asked ?? "";
        var supervises = caller.IsInRole(Roles.Leader) || caller.IsInRole(Roles.Approver) || caller.IsInRole(Roles.Chief);
        return supervises && caller.Unit is { Length: > 0 } own && (asked ?? own) == own ? own : null;
    }
}
