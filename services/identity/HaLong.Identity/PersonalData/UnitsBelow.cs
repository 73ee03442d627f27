using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.PersonalData;

/// <summary>A unit and every unit below it: what somebody who answers for the unit oversees.</summary>
internal static class UnitsBelow
{
    public static async Task<List<string>> AndBelowAsync(this IdentityDbContext db, string? unit, DateOnly day, CancellationToken ct)
    {
        var all = new List<string>();
        for (var level = unit is null ? [] : new List<string> { unit }; level.Count > 0;)
        {
            all.AddRange(level);
            var parents = level;
            level = await ListUnits.ValidOn(db, day).Where(u => u.ParentCode != null && parents.Contains(u.ParentCode) && !all.Contains(u.Code))
                .Select(u => u.Code).ToListAsync(ct);
        }

        return all;
    }
}
