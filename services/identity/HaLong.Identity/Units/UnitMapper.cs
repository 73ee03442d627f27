using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Units;

/// <summary>What became of a unit by a day.</summary>
/// <param name="Source">The unit asked about.</param>
/// <param name="Target">The unit it certainly is on the day; null when somebody has to choose.</param>
/// <param name="Choices">Where its parts went, when it was split; empty when that is not known.</param>
/// <param name="IsConfirmed">False when a step on the way is not in the sources outright.</param>
/// <param name="Steps">Transitions on the way, oldest first.</param>
internal sealed record MappedUnit(Unit Source, Unit? Target, IReadOnlyList<Unit> Choices, bool IsConfirmed, IReadOnlyList<UnitTransition> Steps)
{
    public bool NeedsChoice => Target is null;
}

/// <summary>
/// Follows units through reorganisations. A unit that went whole to one other is followed; a unit that was divided is never guessed at:
/// its residential groups went different ways, so the answer is a choice.
/// </summary>
internal sealed class UnitMapper(IdentityDbContext db)
{
    /// <summary>Maps units to a day; ids that do not exist are left out.</summary>
    public async Task<IReadOnlyList<MappedUnit>> MapAsync(IReadOnlyCollection<string> ids, DateOnly to, CancellationToken ct)
    {
        var (units, transitions) = await LoadAsync(ids, to, ct);
        return [.. ids.Distinct(StringComparer.Ordinal).Where(units.ContainsKey).Select(id => Map(units[id], to, units, transitions))];
    }

    internal static MappedUnit Map(Unit source, DateOnly to, IReadOnlyDictionary<string, Unit> units, ILookup<string, UnitTransition> transitions)
    {
        var walk = new Walk(to, units, transitions);
        walk.From(source);
        var ends = walk.Ends.Distinct().OrderBy(u => u.Id, StringComparer.Ordinal).ToList();
        var isSure = walk is { WasDivided: false, IsLost: false } && ends.Count == 1;
        return new MappedUnit(source, isSure ? ends[0] : null, isSure ? [] : ends, walk.Steps.TrueForAll(s => s.IsConfirmed), walk.Steps);
    }

    // One question to the database per generation: units live for years, so there are few.
    private async Task<(Dictionary<string, Unit> Units, ILookup<string, UnitTransition> Transitions)> LoadAsync(
        IEnumerable<string> ids, DateOnly to, CancellationToken ct)
    {
        var units = new Dictionary<string, Unit>(StringComparer.Ordinal);
        var transitions = new List<UnitTransition>();
        for (var next = ids.Distinct(StringComparer.Ordinal).ToList(); next.Count > 0;)
        {
            foreach (var unit in await db.Units.AsNoTracking().Where(u => next.Contains(u.Id)).ToListAsync(ct))
                units[unit.Id] = unit;
            var found = await db.UnitTransitions.AsNoTracking().Where(t => next.Contains(t.FromId) && t.Effective <= to).ToListAsync(ct);
            transitions.AddRange(found);
            next = [.. found.Select(t => t.ToId).Distinct(StringComparer.Ordinal).Where(id => !units.ContainsKey(id))];
        }

        return (units, transitions.ToLookup(t => t.FromId, StringComparer.Ordinal));
    }

    private sealed class Walk(DateOnly to, IReadOnlyDictionary<string, Unit> units, ILookup<string, UnitTransition> transitions)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

        public List<Unit> Ends { get; } = [];

        public List<UnitTransition> Steps { get; } = [];

        public bool WasDivided { get; private set; }

        /// <summary>A unit on the way ended and nobody wrote down what became of it.</summary>
        public bool IsLost { get; private set; }

        public void From(Unit unit)
        {
            if (!_seen.Add(unit.Id))
                return;
            var onward = transitions[unit.Id].Where(t => t.Effective <= to && units.ContainsKey(t.ToId)).OrderBy(t => t.ToId, StringComparer.Ordinal).ToList();
            var stillThere = unit.ValidTo is null || unit.ValidTo >= to;
            if (stillThere)
                Ends.Add(unit);
            IsLost |= !stillThere && onward.Count == 0;
            WasDivided |= onward.Count > 0 && (stillThere || onward is not [{ IsWhole: true }]);
            foreach (var step in onward)
            {
                Steps.Add(step);
                From(units[step.ToId]);
            }
        }
    }
}
