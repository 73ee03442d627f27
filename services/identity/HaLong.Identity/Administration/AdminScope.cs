using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>What an administrator or auditor is responsible for: the unit of the token, and all units below it.</summary>
/// <param name="Person">Who.</param>
/// <param name="Root">The unit of the token as it is today; null when it is none.</param>
/// <param name="Units">Everything under it, also versions that ended or have yet to begin, by id.</param>
internal sealed record Scope(Guid Person, Unit? Root, IReadOnlyDictionary<string, Unit> Units)
{
    /// <summary>The platform as a whole (clients, reorganisations) belongs to the province.</summary>
    public bool IsProvince => Root?.Level == "province";

    public List<string> Ids => [.. Units.Keys];

    public bool Covers(string? unitId) => unitId is not null && Units.ContainsKey(unitId);

    /// <summary>The unit meant by a code on a day, or by an id; null when it is outside, or there is none.</summary>
    public Unit? Find(string? unit, DateOnly day) => unit is null ? null
        : unit.Contains('@', StringComparison.Ordinal) ? Units.GetValueOrDefault(unit)
        : Units.Values.SingleOrDefault(u => u.Code == unit && u.IsValidOn(day));
}

/// <summary>Reads the scope of the caller.</summary>
internal sealed class AdminScope(IdentityDbContext db, Caller caller, TimeProvider time)
{
    public async Task<Scope> ReadAsync(CancellationToken ct)
    {
        var all = await db.Units.AsNoTracking().ToListAsync(ct);
        var today = LocalTime.Date(time.GetUtcNow());
        var root = all.SingleOrDefault(u => u.Code == caller.Unit && u.IsValidOn(today));
        return new Scope(caller.ActorId, root, root is null ? new Dictionary<string, Unit>() : Under(root, all));
    }

    // A parent is named by code; which version is meant follows from the days both exist. A commune has nothing below it, so its
    // administrator has this one version of the unit and not the other units its code has meant.
    internal static Dictionary<string, Unit> Under(Unit root, List<Unit> all)
    {
        var found = new Dictionary<string, Unit>(StringComparer.Ordinal) { [root.Id] = root };
        var children = all.Where(u => u.ParentCode is not null).ToLookup(u => u.ParentCode!);
        for (var next = new Queue<Unit>([root]); next.TryDequeue(out var parent);)
        {
            foreach (var child in children[parent.Code].Where(c => Meet(parent, c) && found.TryAdd(c.Id, c)))
                next.Enqueue(child);
        }

        return found;
    }

    private static bool Meet(Unit a, Unit b) => (a.ValidTo is null || a.ValidTo >= b.ValidFrom) && (b.ValidTo is null || b.ValidTo >= a.ValidFrom);
}
