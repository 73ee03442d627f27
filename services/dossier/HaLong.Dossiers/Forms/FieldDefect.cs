using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>What is to be said about one field.</summary>
/// <param name="Pointer">JSON pointer into the form data.</param>
/// <param name="Kind">One of <see cref="DefectKind"/>.</param>
/// <param name="Rule">The keyword or format that speaks.</param>
/// <param name="Vi">The sentence in Vietnamese.</param>
/// <param name="En">The sentence in English.</param>
internal sealed record FieldDefect(string Pointer, string Kind, string Rule, string Vi, string En)
{
    public string Message => Text.Bilingual(Vi, En);
}

/// <summary>How much a defect matters.</summary>
internal static class DefectKind
{
    /// <summary>Required and not there yet; stands in the way of submission.</summary>
    public const string Missing = "missing";

    /// <summary>There and not right; stands in the way of submission.</summary>
    public const string Invalid = "invalid";

    /// <summary>Unusual: worth a second look, nothing more.</summary>
    public const string Hint = "hint";
}

/// <summary>A defect as the API shows it, in the language of the request.</summary>
/// <param name="Pointer">JSON pointer into the dossier, e.g. /data/owner/phone.</param>
/// <param name="Kind">missing, invalid or hint.</param>
/// <param name="Rule">The keyword or format that speaks, e.g. required or vn-phone.</param>
/// <param name="Message">What to do.</param>
internal sealed record FieldWarning(string Pointer, string Kind, string Rule, string Message)
{
    public static IReadOnlyList<FieldWarning> Of(IEnumerable<FieldDefect> defects) =>
        [.. defects.Select(d => new FieldWarning(Pointers.Data + d.Pointer, d.Kind, d.Rule, d.Message))];
}
