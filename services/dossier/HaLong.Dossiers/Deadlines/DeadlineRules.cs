namespace HaLong.Dossiers.Deadlines;

/// <summary>How deadlines are counted under a regime: what the law leaves open, or says differently from one day to the next, is here.</summary>
internal sealed record DeadlineRules
{
    /// <summary>Regime of the one-stop mechanism, such as <c>OSS-2018</c> (Decree 61/2018) or <c>OSS-2025</c> (Decree 118/2025).</summary>
    public required string Regime { get; init; }

    /// <summary>First local day of receipt for which they hold. A dossier keeps the rules of its day of receipt.</summary>
    public required DateOnly ValidFrom { get; init; }

    public required WorkingHours Hours { get; init; }

    /// <summary>A same-day result asked for from this time on is due at the end of the next working day.</summary>
    public TimeOnly SameDayCutoff { get; init; } = new(15, 0);

    /// <summary>Hours of work that make half a day.</summary>
    public decimal HoursPerHalfDay { get; init; } = 4;

    /// <summary>True when lateness counts from the date before any extension (Decree 61/2018 keeps it); false when from the new appointment.</summary>
    public bool LateAgainstOriginal { get; init; } = true;

    /// <summary>How many new appointments a dossier may get (Decree 61/2018, article 19.9: one).</summary>
    public int MaxExtensions { get; init; } = 1;

    /// <summary>How many days before the due date an extension is asked for at the latest.</summary>
    public int ExtensionLeadDays { get; init; } = 1;

    /// <summary>Within how many working days after receipt a supplement is asked for (Decree 61/2018, article 19.4).</summary>
    public int SupplementRequestDays { get; init; } = 3;

    /// <summary>What of this is assumed and not law, in both languages.</summary>
    public IReadOnlyList<RuleAssumption> Assumptions { get; init; } = [];

    /// <summary>Legal sources.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>Something that the rules assume.</summary>
internal sealed record RuleAssumption(string Rule, string Vi, string En);

/// <summary>The rules by day of receipt.</summary>
/// <param name="all">At least one; an earlier day than all of them has the first.</param>
internal sealed class RuleBook(IEnumerable<DeadlineRules> all)
{
    private readonly DeadlineRules[] byDay = [.. all.OrderBy(r => r.ValidFrom)];

    public IReadOnlyList<DeadlineRules> All => byDay;

    public DeadlineRules At(DateOnly day) => Array.FindLast(byDay, r => r.ValidFrom <= day) ?? byDay[0];
}
