using System.Collections.Frozen;
using System.Text.Json;

namespace HaLong.Dossiers.Forms;

/// <summary>A form ready to check data. Never changes, so one serves every request.</summary>
internal sealed class CompiledForm
{
    private const int MostDefects = 200;
    private static readonly BilingualText Unknown = new("Nội dung ngoài biểu mẫu", "Content outside the form");

    private readonly SchemaTree tree;
    private readonly FormValidator validator;
    private readonly Visibility visibility;
    private readonly FrozenDictionary<string, FormField> fields;
    private readonly FrozenDictionary<string, int> order;
    private readonly (string Pointer, JsonElement Node)[] marked;

    public CompiledForm(FormFile file)
    {
        File = file;
        tree = new SchemaTree(file.Schema);
        validator = new FormValidator(file.Schema);
        visibility = new Visibility(file);
        fields = file.Fields().ToFrozenDictionary(f => f.Field, StringComparer.Ordinal);
        order = file.Fields().Select((f, i) => (f.Field, Place: i)).ToFrozenDictionary(f => f.Field, f => f.Place, StringComparer.Ordinal);
        var leaves = tree.Leaves().ToList();
        marked = [.. leaves.Where(l => l.Node.TryGetProperty("x-not-future", out _) || l.Node.TryGetProperty("format", out _))];
        SourcesByPointer = leaves.Where(l => l.Node.TryGetProperty("x-source", out _)).ToFrozenDictionary(l => l.Pointer, l => l.Node.GetProperty("x-source").GetString()!, StringComparer.Ordinal);
    }

    public FormFile File { get; }

    /// <summary>Fields that can be filled from what the platform knows.</summary>
    public FrozenDictionary<string, string> SourcesByPointer { get; }

    /// <summary>Everything to say about the data, each place once, in the order of the form.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="today">Local day.</param>
    public IReadOnlyList<FieldDefect> Check(JsonElement typed, DateOnly today)
    {
        var data = Blanks.Strip(typed);
        var hidden = visibility.Hidden(data);
        var defects = validator.Check(data).SelectMany(f => Translate(f.Pointer, f.Keyword, f.Parameter))
            .Concat(marked.SelectMany(m => Instances(data, m.Pointer).SelectMany(i => FieldHints.Check(i.Pointer, LabelOf(i.Pointer), i.Value, m.Node, today))));
        return
        [
            .. defects.Where(d => !Visibility.Covers(hidden, d.Pointer)).DistinctBy(d => (d.Pointer, d.Kind == DefectKind.Hint))
                .OrderBy(d => order.GetValueOrDefault(Pointers.Generic(d.Pointer), int.MaxValue)).ThenBy(d => d.Pointer, StringComparer.Ordinal).Take(MostDefects),
        ];
    }

    private IEnumerable<FieldDefect> Translate(string pointer, string keyword, string parameter)
    {
        if (keyword == "required")
            return JsonSerializer.Deserialize<string[]>(parameter)!.SelectMany(name => tree.Required(Pointers.Add(pointer, name))).Select(p => FieldSentences.Missing(p, LabelOf(p), tree.Find(p)));
        return [FieldSentences.Invalid(pointer, LabelOf(pointer), keyword, parameter, tree.Find(pointer), fields.GetValueOrDefault(Pointers.Generic(pointer))?.PatternText)];
    }

    /// <summary>The name of a field, with the row when it stands in a list.</summary>
    private BilingualText LabelOf(string pointer)
    {
        var label = fields.GetValueOrDefault(Pointers.Generic(pointer))?.Label ?? Unknown;
        return Pointers.Row(pointer) is { } row && label != Unknown ? new BilingualText($"{label.Vi} (dòng {row})", $"{label.En} (row {row})") : label;
    }

    private static IEnumerable<(string Pointer, JsonElement Value)> Instances(JsonElement data, string pointer)
    {
        var star = pointer.IndexOf("/*", StringComparison.Ordinal);
        if (star < 0)
            return Pointers.Find(data, pointer) is { } value ? [(pointer, value)] : [];
        return Pointers.Find(data, pointer[..star]) is { ValueKind: JsonValueKind.Array } rows
            ? Enumerable.Range(0, rows.GetArrayLength()).SelectMany(i => Instances(data, $"{pointer[..star]}/{i}{pointer[(star + 2)..]}"))
            : [];
    }
}
