using System.Text.Json;

namespace HaLong.Dossiers.Forms;

/// <summary>Refuses a form file before it can reach anybody: outside the subset, a text missing in one language, layout and schema not of one mind.</summary>
internal static class FormFileCheck
{
    /// <summary>Every defect, for who writes forms.</summary>
    public static IReadOnlyList<string> Check(FormFile form)
    {
        var outside = SchemaSubset.Check(form.Schema).ToList();
        if (outside.Count > 0)
            return outside;
        var tree = new SchemaTree(form.Schema);
        var leaves = tree.Leaves().ToDictionary(l => l.Pointer, l => l.Node, StringComparer.Ordinal);
        var fields = form.Fields().ToList();
        return
        [
            .. Head(form),
            .. fields.GroupBy(f => f.Field).Where(g => g.Count() > 1).Select(g => $"{g.Key}: stands twice in the layout."),
            .. leaves.Keys.Except(fields.Select(f => f.Field)).Select(p => $"{p}: is in the schema and not in the layout."),
            .. fields.Where(f => !leaves.ContainsKey(f.Field)).Select(f => $"{f.Field}: is in the layout and no field of the schema."),
            .. fields.Where(f => leaves.ContainsKey(f.Field)).SelectMany(f => Field(f, leaves[f.Field])),
            .. form.Sections.Select(s => (At: s.Id, s.When)).Concat(fields.Select(f => (At: f.Field, f.When))).Where(c => c.When is not null).SelectMany(c => Condition(c.At, c.When!, leaves)),
            .. leaves.Where(l => l.Key.Contains("/*", StringComparison.Ordinal) && l.Value.TryGetProperty("x-source", out _)).Select(l => $"{l.Key}: x-source cannot stand in a list."),
            .. leaves.Where(l => l.Value.TryGetProperty("x-source", out _)).GroupBy(l => l.Value.GetProperty("x-source").GetString()).Where(g => g.Count() > 1).Select(g => $"x-source {g.Key} stands twice."),
        ];
    }

    private static IEnumerable<string> Head(FormFile form)
    {
        if (form.Form.Length is 0 or > 64 || !form.Form.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            yield return "The name of the form must be of small letters, digits and hyphens.";
        if (form.Procedures.Count == 0)
            yield return "The form names no procedure.";
        foreach (var defect in Texts("title", form.Title).Concat(form.Assumed is null ? [] : Texts("assumed", form.Assumed)))
            yield return defect;
        foreach (var defect in form.Sections.SelectMany(s => Texts($"section {s.Id}", s.Title).Concat(s.Help is null ? [] : Texts($"help of section {s.Id}", s.Help))))
            yield return defect;
        if (form.LegalForm is { } legal)
            foreach (var defect in Texts("legalForm", new BilingualText(legal.Vi, legal.En)))
                yield return defect;
    }

    private static IEnumerable<string> Field(FormField field, JsonElement schema)
    {
        var type = schema.GetProperty("type").GetString()!;
        if (!Widgets.TypesOf.TryGetValue(field.Widget, out var types) || !types.Contains(type))
            yield return $"{field.Field}: widget {field.Widget} is unknown or not for {type}.";
        foreach (var defect in Texts(field.Field, field.Label).Concat(field.Help is null ? [] : Texts("help of " + field.Field, field.Help)))
            yield return defect;
        var values = schema.TryGetProperty("enum", out var found) ? found.EnumerateArray().Select(v => v.ToString()).ToList() : [];
        foreach (var value in values.Except(field.Options?.Keys ?? []))
            yield return $"{field.Field}: the value {value} has no text.";
        foreach (var value in (field.Options?.Keys ?? []).Except(values))
            yield return $"{field.Field}: the text {value} belongs to no value.";
        foreach (var defect in (field.Options ?? new Dictionary<string, BilingualText>()).SelectMany(o => Texts($"{field.Field} {o.Key}", o.Value)))
            yield return defect;
        if (schema.TryGetProperty("pattern", out _) != field.PatternText is not null)
            yield return $"{field.Field}: a pattern and its words go together.";
        foreach (var item in (field.Item ?? []).Where(i => !i.Field.StartsWith(field.Field + "/*/", StringComparison.Ordinal) || i.Item is not null))
            yield return $"{item.Field}: is no value of a row of {field.Field}.";
    }

    private static IEnumerable<string> Condition(string at, FormCondition when, Dictionary<string, JsonElement> leaves)
    {
        if (!leaves.TryGetValue(when.Field, out var schema) || when.Field.Contains("/*", StringComparison.Ordinal))
            yield return $"{at}: its condition names {when.Field}, which is no single field.";
        else if (when.In.Count == 0 || (schema.TryGetProperty("enum", out var values) && when.In.Any(v => !values.EnumerateArray().Any(e => JsonElement.DeepEquals(e, v)))))
            yield return $"{at}: its condition names a value that {when.Field} cannot have.";
    }

    private static IEnumerable<string> Texts(string at, BilingualText text) =>
        string.IsNullOrWhiteSpace(text.Vi) || string.IsNullOrWhiteSpace(text.En) ? [$"{at}: a text is missing in one language."] : [];
}
