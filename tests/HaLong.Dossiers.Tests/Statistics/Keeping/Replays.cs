using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

/// <summary>Random lives of dossiers step by step, with what comes late and what is corrected afterwards.</summary>
internal sealed class Replays(int seed, params string[] units)
{
    private readonly Random random = new(seed);
    private readonly Dictionary<Guid, (DossierFact Whole, int Steps)> lives = [];

    public Random Random => random;

    /// <summary>A new dossier, or the next thing that happens to one of those there are.</summary>
    public DossierFact Next(int most)
    {
        if (lives.Count < most && (lives.Count == 0 || random.Next(3) == 0))
        {
            var born = SampleFacts.One(random, Unit());
            lives[born.DossierId] = (born, 1);
            return Until(born, 1);
        }

        var id = lives.Keys.ElementAt(random.Next(lives.Count));
        var (whole, steps) = lives[id];
        if (steps < whole.StateDays.Length && random.Next(4) > 0)
            steps++;
        else
            whole = Corrected(whole);
        lives[id] = (whole, steps);
        return Until(whole, steps);
    }

    private string Unit() => units[random.Next(units.Length)];

    private DossierFact Corrected(DossierFact f)
    {
        switch (random.Next(8))
        {
            case 0:
                return With(f, (nameof(f.UnitCode), Unit()), (nameof(f.UnitId), Unit() + "@2025-07-01"),
                (nameof(f.Level), random.Next(2) == 0 ? "commune" : "province"));
            case 1: return With(f, (nameof(f.Rating), (short)random.Next(1, 6)), (nameof(f.RatedDay), f.ResolvedDay?.AddDays(random.Next(30))));
            case 2: return With(f, (nameof(f.HasFees), true), (nameof(f.PaidBy), PaidBy.Portal), (nameof(f.PaidAmount), random.Next(1, 90) * 1000L));
            case 3: return With(f, (nameof(f.LegalDue), f.LegalDue?.AddDays(random.Next(-20, 60))), (nameof(f.StatisticalDue), f.StatisticalDue?.AddDays(random.Next(-20, 60))));
            case 4: return With(f, (nameof(f.HelperUnit), random.Next(2) == 0 ? null : "06652"), (nameof(f.Source), IntakeSource.All[random.Next(IntakeSource.All.Count)]));
            case 5: return With(f, (nameof(f.StayMinutes), f.StayMinutes.Select(m => m + random.Next(600)).ToArray()), (nameof(f.Statistical), f.Legal is null ? null : Punctuality.Late));
            case 6:
                return With(f, (nameof(f.InLedger), true), (nameof(f.ReceptionAcknowledged), true),
                (nameof(f.ResultAcknowledged), f.ResolvedDay is not null));
            // Another life altogether: everything was entered wrongly.
            default: return SampleFacts.One(random, Unit(), f.DossierId);
        }
    }

    /// <summary>The fact as it was when so many states had begun.</summary>
    private static DossierFact Until(DossierFact f, int steps)
    {
        steps = Math.Min(steps, f.StateDays.Length);
        if (steps == f.StateDays.Length)
            return f;
        var kinds = f.StateKinds[..steps];
        T? If<T>(bool counts, T? value) => counts ? value : default;
        var (accepted, resolved) = (kinds.Any(k => k >= StateKind.Accepted && k != StateKind.NotAccepted), kinds.Contains(StateKind.Resolved));
        return With(f,
            (nameof(f.StateDays), f.StateDays[..steps]), (nameof(f.StateKinds), kinds), (nameof(f.AcceptedDay), If(accepted, f.AcceptedDay)),
            (nameof(f.LegalDue), If(accepted, f.LegalDue)), (nameof(f.StatisticalDue), If(accepted, f.StatisticalDue)), (nameof(f.ResolvedDay), If(resolved, f.ResolvedDay)),
            (nameof(f.Legal), If(resolved, f.Legal)), (nameof(f.Statistical), If(resolved, f.Statistical)), (nameof(f.ReturnedDay), null), (nameof(f.ClosedDay), null),
            (nameof(f.RatedDay), null), (nameof(f.Rating), null), (nameof(f.SupplementDays), f.SupplementDays.Where(d => d <= f.StateDays[steps - 1]).ToArray()),
            (nameof(f.StayKinds), f.StayKinds[..1]), (nameof(f.StayEnds), f.StayEnds[..1]), (nameof(f.StayMinutes), f.StayMinutes[..1]));
    }

    /// <summary>A copy in which some properties are others.</summary>
    public static DossierFact With(DossierFact fact, params (string Property, object? Value)[] changes)
    {
        var copy = (DossierFact)Clone.Invoke(fact, null)!; // MemberwiseClone answers a DossierFact
        foreach (var (property, value) in changes)
            typeof(DossierFact).GetProperty(property)!.SetValue(copy, value); // named by nameof
        return copy;
    }

    private static readonly System.Reflection.MethodInfo Clone =
        typeof(object).GetMethod("MemberwiseClone", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!; // is there always
}
