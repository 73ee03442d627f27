using System.Globalization;
using System.Text.Json;

namespace HaLong.Dossiers.Forms;

/// <summary>A line of an application on paper: a heading, or a field with what was typed.</summary>
/// <param name="Label">In Vietnamese, the language in which it is filed.</param>
/// <param name="Value">Null for a heading.</param>
internal sealed record ApplicationLine(string Label, string? Value);

/// <summary>
/// Everything that the data of a form say, in the order of the form and in its words; what the form hides is left out, what it does not know comes last.
/// </summary>
internal static class ApplicationLines
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <param name="form">The form; null for dossiers older than forms.</param>
    /// <param name="typed">What was typed.</param>
    public static IReadOnlyList<ApplicationLine> Of(FormFile? form, JsonElement typed)
    {
        var data = Blanks.Strip(typed);
        var lines = new List<ApplicationLine>();
        var hidden = form is null ? [] : new Visibility(form).Hidden(data);
        foreach (var section in form?.Sections ?? [])
        {
            var rows = section.Fields.Where(f => !Visibility.Covers(hidden, f.Field)).SelectMany(f => Rows(f, data, hidden)).ToList();
            if (rows.Count > 0)
                lines.Add(new ApplicationLine(section.Title.Vi, null));
            lines.AddRange(rows);
        }
        var known = form?.Fields().Select(f => f.Field).ToList() ?? [];
        var others = Leaves("", data).Where(l => !Visibility.Covers(known, l.Pointer))
            .Select(l => new ApplicationLine(string.Join(" / ", Pointers.Segments(l.Pointer)), Text(l.Value, null))).ToList();
        if (others.Count > 0)
            lines.Add(new ApplicationLine("Thông tin khác", null));
        return [.. lines, .. others];
    }

    private static IEnumerable<ApplicationLine> Rows(FormField field, JsonElement data, IReadOnlyList<string> hidden)
    {
        if (Pointers.Find(data, field.Field) is not { } value)
            return [];
        if (field.Item is null || value.ValueKind != JsonValueKind.Array)
            return [new ApplicationLine(field.Label.Vi, Text(value, field))];
        return Enumerable.Range(0, value.GetArrayLength()).SelectMany(row => field.Item.Where(i => !Visibility.Covers(hidden, i.Field))
            .Select(item => (Item: item, Value: Pointers.Find(data, item.Field.Replace("/*", FormattableString.Invariant($"/{row}"), StringComparison.Ordinal))))
            .Where(x => x.Value is not null)
            .Select(x => new ApplicationLine($"{x.Item.Label.Vi} (dòng {row + 1})", Text(x.Value!.Value, x.Item))));
    }

    private static string Text(JsonElement value, FormField? field) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() == FieldFormats.OwnersNumber => "số định danh đã lưu trong tài khoản",
        JsonValueKind.String when field?.Options?.TryGetValue(value.GetString()!, out var option) == true => option.Vi,
        JsonValueKind.String when field?.Widget == "date" && FieldFormats.ParseDate(value.GetString()!) is { } day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "có",
        JsonValueKind.False => "không",
        JsonValueKind.Number when field?.Widget == "money" && value.TryGetInt64(out var amount) => amount.ToString("N0", Vietnamese) + " đồng",
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(v => Text(v, field))),
        _ => value.GetRawText(),
    };

    private static IEnumerable<(string Pointer, JsonElement Value)> Leaves(string pointer, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Leaves(Pointers.Add(pointer, p.Name), p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((v, i) => Leaves(FormattableString.Invariant($"{pointer}/{i}"), v)),
        _ => [(pointer, value)],
    };
}
