using System.Text.Json;

namespace HaLong.Dossiers.Forms;

/// <summary>
/// Which parts of a form are shown for some data. What is hidden is kept, because the applicant may come back to it, but it is neither asked for nor
/// held against him.
/// </summary>
internal sealed class Visibility(FormFile form)
{
    private readonly (string Pointer, FormCondition When)[] conditions =
    [
        .. form.Sections.SelectMany(s => s.Fields.Select(f => (f.Field, When: s.When))).Where(c => c.When is not null).Select(c => (c.Field, c.When!)),
        .. form.Fields().Where(f => f.When is not null).Select(f => (f.Field, f.When!)),
    ];

    /// <summary>Places that are hidden, as the form file writes them.</summary>
    public IReadOnlyList<string> Hidden(JsonElement data) => [.. conditions.Where(c => !Holds(c.When, data)).Select(c => c.Pointer)];

    public static bool Covers(IReadOnlyList<string> hidden, string pointer)
    {
        var generic = Pointers.Generic(pointer);
        return hidden.Any(h => generic == h || generic.StartsWith(h + "/", StringComparison.Ordinal));
    }

    private static bool Holds(FormCondition when, JsonElement data) =>
        Pointers.Find(data, when.Field) is { } value && when.In.Any(wanted => JsonElement.DeepEquals(wanted, value));
}
