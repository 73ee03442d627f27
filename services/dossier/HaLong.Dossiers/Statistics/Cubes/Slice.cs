namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>What figures are grouped by.</summary>
internal enum Dimension
{
    /// <summary>Unit that decides.</summary>
    Unit,

    /// <summary>Version of the unit, code@validFrom; told apart beside unit, level and month only.</summary>
    Version,

    /// <summary>province, district, commune.</summary>
    Level,
    Procedure,
    Field,
    Source,
    Hand,
    HelperUnit,

    /// <summary>yyyy-MM; stocks are those at the end of each month, the last one at the end of the slice.</summary>
    Month,
}

/// <summary>Which figures: a period of local days, both included, and what they are limited to and grouped by.</summary>
internal sealed record Slice(DateOnly From, DateOnly To)
{
    /// <summary>Only these units; null: all.</summary>
    public IReadOnlyCollection<string>? Units { get; init; }

    public string? Procedure { get; init; }
    public string? Field { get; init; }
    public string? Level { get; init; }
    public string? Source { get; init; }
    public string? Hand { get; init; }
    public string? HelperUnit { get; init; }
    public IReadOnlyList<Dimension> By { get; init; } = [];

    /// <summary>The dimensions that it is limited by.</summary>
    public IEnumerable<Dimension> Limits()
    {
        (Dimension Dimension, object? Limit)[] limits =
        [
            (Dimension.Unit, Units), (Dimension.Procedure, Procedure), (Dimension.Field, Field), (Dimension.Level, Level), (Dimension.Source, Source),
            (Dimension.Hand, Hand), (Dimension.HelperUnit, HelperUnit),
        ];
        return limits.Where(l => l.Limit is not null).Select(l => l.Dimension);
    }
}

/// <summary>The figures of one group; the keys are in the order of <see cref="Slice.By"/>, empty where there is none.</summary>
internal sealed record CubeRow(IReadOnlyList<string> Keys, Figures Figures);
