using System.Text.RegularExpressions;

namespace HaLong.Dossiers.Statistics.Cubes;

/// <summary>The columns of measures in the tables of cubes.</summary>
internal static partial class MeasureColumns
{
    public static readonly IReadOnlyList<string> All = [.. Figures.Measures.Select(m => Capital().Replace(m.ToString(), "_$0").ToLowerInvariant())];

    public static string Of(Measure measure) => All[(int)measure];

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
