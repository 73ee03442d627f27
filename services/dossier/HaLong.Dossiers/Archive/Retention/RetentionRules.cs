using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Archive.Retention;

/// <summary>How long dossiers of a class are kept.</summary>
internal sealed class RetentionRule
{
    /// <summary>Code of the procedure; null for every one.</summary>
    public string? Procedure { get; set; }

    /// <summary>Field of procedures, e.g. LAND; null for every one.</summary>
    public string? Field { get; set; }

    /// <summary>Ends to which it applies, e.g. WITHDRAWN; empty for every end.</summary>
    public List<string> States { get; set; } = [];

    /// <summary>First local day of the end from which it counts.</summary>
    public DateOnly From { get; set; }

    /// <summary>Years; null for ever.</summary>
    public int? Years { get; set; }

    /// <summary>True when no law that says so is known.</summary>
    public bool Assumed { get; set; } = true;

    /// <summary>How the rule is named in lists and minutes.</summary>
    public string Name
    {
        get
        {
            var (ends, time) = (States.Count > 0 ? " " + string.Join('/', States) : "", Years is { } years ? $"{years} năm" : "vĩnh viễn");
            return $"{Procedure ?? Field ?? "*"}{ends}: {time}{(Assumed ? " (giả định)" : "")}";
        }
    }

    internal int Weight => (Procedure is null ? 0 : 4) + (Field is null ? 0 : 2) + (States.Count == 0 ? 0 : 1);

    internal bool Fits(string procedure, string field, string state, DateOnly closed) =>
        From <= closed && (Procedure is null || Procedure == procedure) && (Field is null || Field == field) && (States.Count == 0 || States.Contains(state));
}

/// <summary>
/// Which rule a dossier falls under: the most special one, of those the latest by the day of its end. What no rule names is kept for ever and never
/// proposed for destruction.
/// </summary>
internal sealed class RetentionRules(IOptions<ArchiveOptions> options)
{
    private readonly IReadOnlyList<RetentionRule> rules = options.Value.Rules is { Count: > 0 } own ? own
        : [.. DataFiles.ReadArray("retention.json", "items").Select(i => i.Deserialize<RetentionRule>(DataFiles.Json)!)];

    /// <summary>The shortest retention of all; null when everything is kept for ever.</summary>
    public int? Shortest => rules.Min(r => r.Years);

    public RetentionRule? Of(string procedure, string field, string state, DateOnly closed) =>
        rules.Where(r => r.Fits(procedure, field, state, closed)).OrderByDescending(r => r.Weight).ThenByDescending(r => r.From).FirstOrDefault();

    /// <summary>The last day on which it must be kept, and why; null for ever.</summary>
    public (DateOnly KeepUntil, string Rule)? EndOf(string procedure, string field, string state, DateOnly closed) =>
        Of(procedure, field, state, closed) is { Years: { } years } rule ? (closed.AddYears(years), rule.Name) : null;
}
