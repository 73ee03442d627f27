using System.Globalization;
using System.Text.Json;

namespace HaLong.Dossiers.Catalogue.Checking;

/// <summary>Something wrong in a file, with the place: items[3].timeLimit.value.</summary>
internal sealed record Defect(string Path, string Vi, string En);

/// <summary>Reads an object field by field and notes everything that is wrong with it, also fields that nobody asked for.</summary>
internal sealed class JsonProbe(JsonElement element, string path, List<Defect> defects)
{
    private readonly HashSet<string> asked = [];

    public void Add(string name, string vi, string en) => defects.Add(new Defect(At(name), vi, en));

    public bool IsGiven(string name) => Get(name) is not null;

    public string? Text(string name, bool required = false, int max = 500)
    {
        if (Get(name) is not { } value)
            return Absent<string>(name, required);
        if (value.ValueKind != JsonValueKind.String)
            return Wrong<string>(name, "phải là văn bản", "must be text");
        var text = value.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
            return Wrong<string>(name, "không được để trống", "must not be empty");
        return text.Length <= max ? text : Wrong<string>(name, $"tối đa {max} ký tự", $"at most {max} characters");
    }

    public string? OneOf(string name, CodeList allowed, bool required = false) =>
        Text(name, required) is not { } code ? null : allowed.Has(code) ? code : Unknown(name, code);

    public bool? Flag(string name)
    {
        if (Get(name) is not { } value)
            return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong<bool?>(name, "phải là true hoặc false", "must be true or false");
    }

    public long? Number(string name, long min, long max, bool required = false)
    {
        if (Get(name) is not { } value)
            return Absent<long?>(name, required);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : Wrong<long?>(name, $"phải là số nguyên từ {min} đến {max}", $"must be a whole number from {min} to {max}");
    }

    public DateOnly? Day(string name, bool required = false)
    {
        if (Get(name) is not { } value)
            return Absent<DateOnly?>(name, required);
        return value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Wrong<DateOnly?>(name, "phải là ngày yyyy-MM-dd", "must be a day yyyy-MM-dd");
    }

    public IReadOnlyList<string> Texts(string name, CodeList? allowed = null, int max = 200, bool required = false)
    {
        var found = new List<string>();
        foreach (var (value, index) in List(name, required))
        {
            var at = $"{name}[{index}]";
            if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()) || value.GetString()!.Length > max)
                Wrong<string>(at, $"phải là văn bản, tối đa {max} ký tự", $"must be text of at most {max} characters");
            else if (allowed?.Has(value.GetString()!) == false)
                Unknown(at, value.GetString()!);
            else if (found.Contains(value.GetString()!))
                Wrong<string>(at, "bị lặp lại", "is there twice");
            else
                found.Add(value.GetString()!);
        }
        return found;
    }

    public void Each(string name, Action<JsonProbe> check)
    {
        foreach (var (value, index) in List(name, required: false))
            Check(value, $"{name}[{index}]", check);
    }

    public void Object(string name, Action<JsonProbe> check, bool required = false)
    {
        if (Get(name) is { } value)
            Check(value, name, check);
        else
            Absent<string>(name, required);
    }

    /// <summary>Checks an object; its fields that the check did not ask for are defects.</summary>
    public static void Check(JsonElement value, string path, List<Defect> defects, Action<JsonProbe> check)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            defects.Add(new Defect(path, "phải là một đối tượng", "must be an object"));
            return;
        }
        var probe = new JsonProbe(value, path, defects);
        check(probe);
        var seen = new HashSet<string>();
        foreach (var property in value.EnumerateObject())
        {
            if (!probe.asked.Contains(property.Name))
                probe.Add(property.Name, "không có trong định dạng danh mục", "is not part of the format");
            else if (!seen.Add(property.Name))
                probe.Add(property.Name, "bị lặp lại", "is there twice");
        }
    }

    private void Check(JsonElement value, string name, Action<JsonProbe> check) => Check(value, At(name), defects, check);

    private IEnumerable<(JsonElement Value, int Index)> List(string name, bool required)
    {
        asked.Add(name);
        if (!element.TryGetProperty(name, out var list))
        {
            Absent<string>(name, required);
            return [];
        }
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > 500)
        {
            Wrong<string>(name, "phải là danh sách, tối đa 500 mục", "must be a list of at most 500");
            return [];
        }
        if (required && list.GetArrayLength() == 0)
            Wrong<string>(name, "không được rỗng", "must not be empty");
        return list.EnumerateArray().Select((v, i) => (v, i));
    }

    private JsonElement? Get(string name)
    {
        asked.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private T? Absent<T>(string name, bool required) => required ? Wrong<T>(name, "còn thiếu", "is missing") : default;

    private string? Unknown(string name, string code) => Wrong<string>(name, $"không có mã “{Short(code)}”", $"“{Short(code)}” is not a known code");

    private T? Wrong<T>(string name, string vi, string en)
    {
        Add(name, vi, en);
        return default;
    }

    private string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Short(string code) => code.Length <= 40 ? code : code[..40] + "…";
}
