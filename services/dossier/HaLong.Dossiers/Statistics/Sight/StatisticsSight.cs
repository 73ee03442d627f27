using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Sight;

/// <summary>
/// Whose figures somebody sees: leaders, chiefs and approvers those of their unit and of all below it, auditors and administrators all. What
/// everybody may see are the totals of open data.
/// </summary>
internal sealed class StatisticsSight(Caller caller, UnitBook units)
{
    /// <summary>The caller's own unit; empty for who has none.</summary>
    public string OwnUnit => caller.Unit ?? "";

    /// <summary>The units to count.</summary>
    /// <param name="asked">Only this unit and those below it; null: all that the caller sees.</param>
    /// <returns>Codes; null for all there are.</returns>
    public async Task<Result<IReadOnlyList<string>?>> UnitsAsync(string? asked, CancellationToken ct)
    {
        if (caller.IsInRole(Roles.Auditor) || caller.IsInRole(Roles.Administrator))
            return Result.Of(asked is null ? null : await units.BelowAsync(asked, ct));
        if (!caller.IsInRole(Roles.Leader) && !caller.IsInRole(Roles.Chief) && !caller.IsInRole(Roles.Approver))
            return CommonErrors.Forbidden;
        if (caller.Unit is not { Length: > 0 } own)
            return StatisticsErrors.NotYours;
        var seen = await units.BelowAsync(own, ct);
        if (asked is null || asked == own)
            return Result.Of<IReadOnlyList<string>?>(seen);
        return seen.Contains(asked, StringComparer.Ordinal) ? Result.Of<IReadOnlyList<string>?>(await units.BelowAsync(asked, ct)) : StatisticsErrors.NotYours;
    }
}
