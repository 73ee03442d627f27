namespace HaLong.Dossiers.Statistics.Waits.Expected;

/// <summary>From which dossiers an expectation is made.</summary>
internal static class WaitBasis
{
    /// <summary>The procedure in the unit.</summary>
    public const string Unit = "unit";

    /// <summary>The procedure in all units below the same parent.</summary>
    public const string Siblings = "siblings";

    /// <summary>The procedure in all units.</summary>
    public const string Everywhere = "everywhere";

    /// <summary>The same, in the last year.</summary>
    public const string LastYear = "lastYear";

    /// <summary>Too few of them anywhere: not known yet.</summary>
    public const string None = "none";

    /// <summary>It could not be looked up now.</summary>
    public const string Unavailable = "unavailable";
}

/// <summary>Where was looked.</summary>
/// <param name="Basis">See <see cref="WaitBasis"/>.</param>
/// <param name="Count">Dossiers that fit.</param>
internal sealed record TriedBasis(string Basis, int Count, DateOnly From, DateOnly To);

/// <summary>The first basis that was enough, with its times in order.</summary>
internal sealed record WaitSample(TriedBasis Basis, IReadOnlySet<string>? Units, int[] Minutes)
{
    /// <summary>The shortest time that so large a share did not exceed (as PostgreSQL's percentile_disc).</summary>
    public int Percentile(double share) => Minutes[Math.Max(0, (int)Math.Ceiling(Minutes.Length * share) - 1)];
}

/// <summary>Looks further and further around until there is enough to say something. Every step is told, so that nobody takes the mean of a city for that
/// of a ward.</summary>
internal static class Widening
{
    /// <param name="history">Stays of the procedure.</param>
    /// <param name="unit">The unit; null: any.</param>
    /// <param name="parents">Who is below whom.</param>
    /// <param name="last">Last day that is looked at.</param>
    /// <param name="options">How far and how many.</param>
    /// <param name="minutes">The time of the stay at an index; null where it does not fit.</param>
    public static (WaitSample? Sample, IReadOnlyList<TriedBasis> Tried) Choose(
        StayHistory history, string? unit, UnitParents parents, DateOnly last, ExpectedWaitOptions options, Func<int, int?> minutes)
    {
        var tried = new List<TriedBasis>();
        foreach (var (basis, units, days) in Bases(unit, parents, options))
        {
            var from = last.AddDays(1 - days);
            var found = Times(history, units, history.Between(from, last), minutes);
            tried.Add(new TriedBasis(basis, found.Count, from, last));
            if (found.Count < options.Fewest)
                continue;
            found.Sort();
            return (new WaitSample(tried[^1], units, [.. found]), tried);
        }

        return (null, tried);
    }

    private static IEnumerable<(string Basis, IReadOnlySet<string>? Units, int Days)> Bases(string? unit, UnitParents parents, ExpectedWaitOptions options)
    {
        if (unit is not null)
        {
            yield return (WaitBasis.Unit, new HashSet<string> { unit }, options.Days);
            if (parents.Beside(unit) is { Count: > 1 } siblings)
                yield return (WaitBasis.Siblings, siblings, options.Days);
        }

        yield return (WaitBasis.Everywhere, null, options.Days);
        yield return (WaitBasis.LastYear, null, options.WidestDays);
    }

    private static List<int> Times(StayHistory history, IReadOnlySet<string>? units, Range range, Func<int, int?> minutes)
    {
        var found = new List<int>();
        for (var i = range.Start.Value; i < range.End.Value; i++)
        {
            if ((units is null || units.Contains(history.Units[i])) && minutes(i) is { } time)
                found.Add(time);
        }

        return found;
    }
}
