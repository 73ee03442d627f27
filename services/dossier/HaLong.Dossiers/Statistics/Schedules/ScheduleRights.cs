using HaLong.Dossiers.Statistics.Units;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Schedules;

/// <summary>What the owner of a schedule may see today.</summary>
/// <param name="PauseReason">Why nothing; null when he may.</param>
/// <param name="Units">The units to count; null for all.</param>
internal sealed record ScheduleSight(string? PauseReason, IReadOnlyList<string>? Units);

/// <summary>Asks identity at the time of each report: a schedule outlives the session, and sometimes the office, in which it was made.</summary>
internal sealed class ScheduleRights(StaffAssignments.StaffAssignmentsClient staff, UnitBook units)
{
    /// <exception cref="ErrorException">Identity cannot be asked.</exception>
    public async Task<ScheduleSight> OfAsync(Guid account, string? unit, CancellationToken ct)
    {
        var held = (await staff.BatchGetAssignmentsAsync(new BatchGetAssignmentsRequest { AccountIds = { account.ToString() } },
            cancellationToken: ct)).Assignments;
        if (held.Any(a => a.Roles.Contains(Roles.Auditor)))
            return new ScheduleSight(null, unit is null ? null : await units.BelowAsync(unit, ct));
        var seeing = held.Where(a => a.Roles.Intersect(ScheduleDesk.Subscribers).Any()).Select(a => a.UnitCode).Distinct(StringComparer.Ordinal).ToList();
        if (seeing.Count == 0)
            return new ScheduleSight(PauseReasons.RoleLost, null);
        // All units: that was an auditor's, who is none any more.
        if (unit is null)
            return new ScheduleSight(PauseReasons.UnitLost, null);
        foreach (var own in seeing)
        {
            if (own == unit || (await units.BelowAsync(own, ct)).Contains(unit, StringComparer.Ordinal))
                return new ScheduleSight(null, await units.BelowAsync(unit, ct));
        }

        return new ScheduleSight(PauseReasons.UnitLost, null);
    }
}
