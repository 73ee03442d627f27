using System.Text.Json;
using HaLong.Dossiers.Catalogue.Checking;
using HaLong.Dossiers.Catalogue.Compare;
using HaLong.Dossiers.Features;

namespace HaLong.Dossiers.Catalogue.Administration;

/// <summary>One item of a file against the catalogue.</summary>
/// <param name="Kind">new, changed or unchanged.</param>
/// <param name="Changes">Fields that differ.</param>
internal sealed record ImportItem(string Code, string Kind, IReadOnlyList<ChangeView> Changes);

/// <summary>What is in a file: its items, and everything that is wrong with it. Pure.</summary>
internal sealed class ImportFile
{
    private const int MaxItems = 10_000;

    private ImportFile(List<(string Code, JsonElement Content)> items, List<Defect> defects) => (Items, Defects) = (items, defects);

    public List<(string Code, JsonElement Content)> Items { get; }

    public List<Defect> Defects { get; }

    public static ImportFile Read(JsonElement file)
    {
        var (items, defects) = (new List<(string, JsonElement)>(), new List<Defect>());
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("items", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            defects.Add(new Defect("items", "tệp phải có danh sách “items”", "the file must have a list “items”"));
            return new ImportFile(items, defects);
        }
        if (list.GetArrayLength() > MaxItems)
            defects.Add(new Defect("items", $"tối đa {MaxItems} thủ tục", $"at most {MaxItems} procedures"));
        var seen = new Dictionary<string, int>();
        foreach (var (item, index) in list.EnumerateArray().Take(MaxItems).Select((i, n) => (i, n)))
        {
            var path = $"items[{index}]";
            if (!JsonInput.IsStorable(item) || item.GetRawText().Length > JsonInput.MaxLength)
            {
                defects.Add(new Defect(path, "có ký tự hoặc số không lưu được, hoặc quá lớn", "has characters or numbers that cannot be stored, or is too large"));
                continue;
            }
            var found = ProcedureRules.Check(item, path);
            defects.AddRange(found);
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.String)
                continue;
            if (!seen.TryAdd(code.GetString()!, index))
                defects.Add(new Defect($"{path}.code", $"trùng với items[{seen[code.GetString()!]}]", $"is the same as in items[{seen[code.GetString()!]}]"));
            else if (found.Count == 0)
                items.Add((code.GetString()!, item));
        }
        return new ImportFile(items, defects);
    }

    /// <summary>What an item changes.</summary>
    /// <param name="code">Code of the procedure.</param>
    /// <param name="content">The item.</param>
    /// <param name="latest">Content of the latest version; null when there is none.</param>
    /// <param name="inForce">Content of the version in force; null when there is none.</param>
    public static ImportItem Compare(string code, JsonElement content, string? latest, string? inForce)
    {
        if (latest is null)
            return new ImportItem(code, "new", []);
        var canonical = CanonicalJson.Of(content);
        return canonical == CanonicalJson.Of(latest) || (inForce is not null && canonical == CanonicalJson.Of(inForce))
            ? new ImportItem(code, "unchanged", [])
            : new ImportItem(code, "changed", ComparisonView.Of(null, latest, null, content.GetRawText()).Changes);
    }
}
