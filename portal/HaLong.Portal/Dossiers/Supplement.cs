using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Filing;

namespace HaLong.Portal.Dossiers;

/// <summary>One complete list of what is to be supplemented.</summary>
public sealed record SupplementList(
    Guid Id, string? LegalBasis, IReadOnlyList<SupplementItem> Items, DateTimeOffset RequestedAt, DateTimeOffset Deadline, DateTimeOffset? FulfilledAt);

/// <param name="Component">Number of the paper; null for a field.</param>
/// <param name="Field">Pointer into the form's data; null for a paper.</param>
/// <param name="Reason">What is wrong or missing.</param>
public sealed record SupplementItem(int? Component, string? Field, string Name, string Reason)
{
    /// <summary>As the API calls it in refusals, and as the point is called on the page.</summary>
    public string Key => Component is { } component ? $"component{component}" : Field ?? "";
}

/// <summary>Documents of the owner's store that fit a paper that is asked for.</summary>
public sealed record ReuseOffer(int Component, IReadOnlyList<StoredDocument> Documents);

/// <summary>A point of the list with how it stands.</summary>
/// <param name="Added">Files that came since it was asked for.</param>
/// <param name="Fields">How a field is asked; none for a paper.</param>
public sealed record SupplementPoint(
    SupplementItem Item, IReadOnlyList<Paper> Added, IReadOnlyList<StoredDocument> Offers, IReadOnlyList<FormField> Fields, bool IsDone);

/// <summary>The checklist.</summary>
/// <param name="Form">For the inputs of fields: the dossier with what was typed.</param>
public sealed record SupplementModel(
    Dossier Dossier, SupplementList List, IReadOnlyList<SupplementPoint> Points, FormPageModel Form, string? Version, string Once, string? Note, Trouble? Trouble)
{
    public int Left => Points.Count(p => !p.IsDone);
}

/// <summary>Between a supplement request and the form of the procedure.</summary>
internal static class SupplementForm
{
    public static FormDefinition None => new(new Both("", ""), JsonElement.Parse("{}"), []);

    /// <summary>How a field that is asked for is asked in the form; a line of text for what the form does not know.</summary>
    public static IReadOnlyList<FormField> FieldsOf(FormDefinition form, SupplementItem item)
    {
        if (item.Field is not { } asked)
            return [];
        var known = form.Sections.SelectMany(s => s.Fields)
            .Where(f => f.Field == asked || f.Field.StartsWith(asked + "/", StringComparison.Ordinal) || (f.Widget == "list" && asked.StartsWith(f.Field + "/", StringComparison.Ordinal)))
            .ToList();
        return known.Count > 0 ? known : [new FormField(asked, "text", new Both(item.Name, item.Name), null, null, null, null)];
    }

    /// <summary>What was sent for the fields as a merge patch. What is empty is no answer, and left out; a box without a tick is one.</summary>
    public static JsonObject Answer(FormDefinition form, IEnumerable<FormField> fields, IReadOnlyDictionary<string, string> sent)
    {
        List<FormField> asked = [.. fields.DistinctBy(f => f.Field)];
        var given = new Dictionary<string, string>(sent, StringComparer.Ordinal);
        foreach (var box in asked.Where(f => f.Widget == "checkbox"))
            given.TryAdd(box.Field, "false");
        var answer = FormData.Change(form, new FormSection("supplement", new Both("", ""), asked, null), given);
        Prune(answer);
        return answer;
    }

    /// <summary>The data of the dossier with an answer in it.</summary>
    public static JsonObject With(JsonObject? data, JsonObject answer)
    {
        var merged = data?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in answer)
            merged[name] = value is JsonObject inner ? With(merged[name] as JsonObject, inner) : value?.DeepClone();
        return merged;
    }

    private static void Prune(JsonObject node)
    {
        foreach (var (name, value) in node.ToList())
        {
            if (value is JsonObject inner)
                Prune(inner);
            if (value is null or JsonObject { Count: 0 })
                node.Remove(name);
        }
    }
}
