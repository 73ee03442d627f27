namespace HaLong.Identity.Units;

/// <summary>What became of a unit: all or part of it went to another one on a day.</summary>
internal sealed class UnitTransition
{
    public required string FromId { get; init; }

    public required string ToId { get; init; }

    /// <summary>First day on which it holds.</summary>
    public required DateOnly Effective { get; init; }

    /// <summary>One of <see cref="TransitionKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Only a part of the unit went there.</summary>
    public bool IsPart { get; set; }

    /// <summary>Whatever belonged to the old unit may be moved without asking anybody.</summary>
    public bool IsAutomatic { get; set; }

    /// <summary>False where the sources do not say so outright.</summary>
    public bool IsConfirmed { get; set; }

    public string? LegalBasis { get; set; }

    public string? Note { get; set; }

    /// <summary>The import it came with; null for the data file.</summary>
    public Guid? ReorganisationId { get; init; }

    /// <summary>The whole unit went there and nowhere else.</summary>
    public bool IsWhole => IsAutomatic && !IsPart;
}

/// <summary>Ways in which units change.</summary>
internal static class TransitionKinds
{
    public const string Merge = "merge";
    public const string Split = "split";
    public const string Rename = "rename";
    public const string Recode = "recode";

    /// <summary>Tasks or territory move while the unit need not end, or a level is abolished.</summary>
    public const string Transfer = "transfer";

    public static readonly IReadOnlyList<string> All = [Merge, Split, Rename, Recode, Transfer];
}
