using HaLong.Dossiers.Features;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Reports.Special;

/// <summary>A unit of today with what its predecessors did, or a unit that cannot be mapped.</summary>
internal sealed class Compare
{
    public const string Mapped = "mapped", NotDivisible = "notDivisible", NotKnown = "notKnown";

    public required string Key { get; init; }
    public required string Code { get; init; }

    /// <summary>As identity says; null where statistics have to know.</summary>
    public string? Name { get; init; }

    public required string State { get; init; }

    /// <summary>Codes of the units that have its files now.</summary>
    public required IReadOnlyList<string> Successors { get; init; }

    /// <summary>The versions of units that its figures of before are of.</summary>
    public SortedSet<string> From { get; } = new(StringComparer.Ordinal);

    public Figures Before { get; private set; } = Figures.None;
    public Figures After { get; private set; } = Figures.None;

    public void Add(VersionFigures version, bool early)
    {
        if (!early)
        {
            After += version.Figures;
            return;
        }

        Before += version.Figures;
        From.Add(version.Id.Length > 0 ? version.Id : version.Code);
    }

    public static Compare Of(VersionFigures version, UnitFate? fate) => fate switch
    {
        { Unit: { } unit } => new Compare
        {
            Key = unit.Id ?? unit.Code,
            Code = unit.Code,
            Name = Text.Bilingual(unit.NameVi, unit.NameEn),
            State = Mapped,
            Successors = [unit.Code],
        },
        { Choices: { Count: > 0 } choices } => new Compare
        {
            Key = version.Id,
            Code = version.Code,
            State = NotDivisible,
            Successors = [.. choices.Select(c => c.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        },
        _ => new Compare { Key = $"?{version.Code}", Code = version.Code, State = NotKnown, Successors = [version.Code] },
    };
}
