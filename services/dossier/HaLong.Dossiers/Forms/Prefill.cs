using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>
/// Fills a new draft with what the platform knows already, so that nobody is asked twice (Decree 224/2026 art. 15). What the applicant sent himself
/// stands; the account comes before earlier dossiers, and newer dossiers before older ones.
/// </summary>
internal sealed class Prefill(ProfileFacts profile, EarlierFacts earlier, ReadRecord reads, TimeProvider time)
{
    /// <summary>The data with what was filled in.</summary>
    /// <param name="Data">Form data as JSON text.</param>
    /// <param name="Values">What was filled in.</param>
    /// <param name="Note">Why something that could have been there is not; null when all is there.</param>
    internal sealed record Filled(string Data, IReadOnlyList<PrefilledValue> Values, Error? Note);

    public async Task<Filled> FillAsync(CompiledForm form, JsonElement data, CancellationToken ct)
    {
        var open = form.SourcesByPointer.Where(s => Pointers.Find(data, s.Key) is null).ToList();
        if (open.Count == 0)
            return new Filled(data.GetRawText(), [], null);
        var wanted = open.Select(s => s.Value).ToHashSet(StringComparer.Ordinal);
        var (facts, isComplete) = await profile.OfOwnerAsync(wanted, ct);
        var known = await earlier.OfOwnerAsync(wanted, ct);
        var root = JsonNode.Parse(data.GetRawText())!.AsObject();
        var values = new List<PrefilledValue>();
        // In the order of the form, so that the answer does not depend on how a table was filled.
        foreach (var (pointer, source) in open.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (Choose(source, facts, known, data, form) is not { } found || !Pointers.Set(root, pointer, JsonNode.Parse(found.Value.GetRawText())))
                continue;
            values.Add(new PrefilledValue(pointer, source, found.From, found.Value));
        }

        var filled = Keep(form, root, values);
        foreach (var used in known.Where(k => filled.Any(v => v.From.DossierId == k.From.DossierId)))
            await reads.AddAsync(ReadRecord.Dossier, used.From.DossierId!.Value, used.OwnerId, ct);
        return new Filled(root.ToJsonString(DataFiles.Json), filled, isComplete ? null : FormErrors.ProfileUnavailable);
    }

    private static (JsonElement Value, PrefillOrigin From)? Choose(
        string source, IReadOnlyDictionary<string, string> facts, IReadOnlyList<EarlierFacts.Known> known, JsonElement data, CompiledForm form)
    {
        if (facts.TryGetValue(source, out var fact))
            return (JsonSerializer.SerializeToElement(fact), PrefillOrigin.Profile);
        if (Sources.GroupOf(source) is not { } group)
            return known.FirstOrDefault(k => k.Facts.ContainsKey(source)) is { } single ? (single.Facts[source], single.From) : null;
        // Where the applicant has begun to say it himself, the rest of it would be of something else.
        if (form.SourcesByPointer.Any(s => Sources.GroupOf(s.Value) == group && Pointers.Find(data, s.Key) is not null))
            return null;
        var whole = known.FirstOrDefault(k => k.Facts.Keys.Any(f => Sources.GroupOf(f) == group));
        return whole is not null && whole.Facts.TryGetValue(source, out var value) ? (value, whole.From) : null;
    }

    /// <summary>Takes out what this form would not accept: another form may have asked for it in another way.</summary>
    private List<PrefilledValue> Keep(CompiledForm form, JsonObject root, List<PrefilledValue> values)
    {
        if (values.Count == 0)
            return values;
        var wrong = form.Check(JsonSerializer.SerializeToElement(root), LocalTime.Date(time.GetUtcNow()))
            .Where(d => d.Kind == DefectKind.Invalid).Select(d => d.Pointer).ToHashSet(StringComparer.Ordinal);
        foreach (var value in values.Where(v => wrong.Contains(v.Pointer)))
            Remove(root, value.Pointer);
        return values.FindAll(v => !wrong.Contains(v.Pointer));
    }

    private static void Remove(JsonObject root, string pointer)
    {
        var segments = Pointers.Segments(pointer).ToList();
        JsonNode? node = root;
        foreach (var segment in segments[..^1])
            node = node?[segment];
        (node as JsonObject)?.Remove(segments[^1]);
    }
}
