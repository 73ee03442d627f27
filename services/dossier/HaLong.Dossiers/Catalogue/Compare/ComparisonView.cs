using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue.Compare;

/// <summary>A comparison as it is shown.</summary>
/// <param name="From">The older version; null when there is none.</param>
/// <param name="To">The newer version; null for a draft.</param>
/// <param name="Changes">Every field that differs.</param>
internal sealed record ComparisonView(Guid? From, Guid? To, IReadOnlyList<ChangeView> Changes)
{
    public static ComparisonView Of(Guid? from, string before, Guid? to, string after) => new(
        from, to, [.. ContentDiff.Compare(before, after).Select(c => new ChangeView(c.Path, Text.Bilingual(c.LabelVi, c.LabelEn), c.LabelVi, c.LabelEn, c.Kind, c.Before, c.After))]);
}

/// <summary>One difference, with its label in the language of the request.</summary>
internal sealed record ChangeView(
    string Path, string Label, string LabelVi, string LabelEn, string Kind, System.Text.Json.JsonElement? Before, System.Text.Json.JsonElement? After);
