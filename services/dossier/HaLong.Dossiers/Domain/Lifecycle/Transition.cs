using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Who makes a transition.</summary>
internal enum Party
{
    /// <summary>The owner, or who acts for him.</summary>
    Applicant,

    /// <summary>An official of the competent unit.</summary>
    Official,

    /// <summary>An official of the unit that was asked for its opinion.</summary>
    Agency,

    /// <summary>The platform: a message of a neighbour, a signature that is done, a download.</summary>
    Platform,
}

/// <summary>One row of the table of transitions.</summary>
/// <param name="Action">Its name; with the state from which it starts it is unique.</param>
/// <param name="Vi">In Vietnamese.</param>
/// <param name="En">In English.</param>
/// <param name="Who">Which side.</param>
/// <param name="Roles">In which roles; the first one that somebody has is the one in which he acts.</param>
/// <param name="From">States from which it starts.</param>
/// <param name="To">Where it leads; null: the state stays.</param>
internal sealed record Transition(
    string Action, string Vi, string En, Party Who, IReadOnlyList<string> Roles, IReadOnlyList<string> From, string? To)
{
    /// <summary>The state may also stay: others of its kind are still open.</summary>
    public bool MayStay { get; init; }

    /// <summary>An officer must be the case officer, or stand in for him; supervisors need not.</summary>
    public bool ByCaseOfficer { get; init; }

    /// <summary>Whoever decides must not be the case officer, nor stand in for him.</summary>
    public bool NotByCaseOfficer { get; init; }

    /// <summary>Possible also between a decision and its signature.</summary>
    public bool WhileSigning { get; init; }

    /// <summary>Possible also while the approver has still to sign himself.</summary>
    public bool WhileUnsigned { get; init; }

    /// <summary>What must be given or true, in the words of the API.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The form it produces; one of <see cref="Forms"/>.</summary>
    public string? Form { get; init; }

    /// <summary>The fact it tells; from it come notices and partner events.</summary>
    public string? Fact { get; init; }

    public ClockEffect Clock { get; init; }

    /// <summary>What the ledger of the deadline says about it; null: what the timeline says.</summary>
    public (string Vi, string En)? ClockReason { get; init; }

    /// <summary>Regimes under which it exists.</summary>
    public IReadOnlyList<string> Regimes { get; init; } = [Regime.Oss2018, Regime.Oss2025];

    /// <summary>Legal source; null for our own design.</summary>
    public string? Source { get; init; }

    /// <summary>True when it can lead from one state to the other.</summary>
    public bool Leads(string from, string to) => From.Contains(from) && (to == (To ?? from) || (MayStay && to == from));
}
