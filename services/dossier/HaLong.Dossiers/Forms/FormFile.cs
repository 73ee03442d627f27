using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaLong.Dossiers.Forms;

/// <summary>An electronic form (biểu mẫu điện tử tương tác), as one file of Data/forms says it: what may be typed, how it is laid out, and every text twice.</summary>
internal sealed record FormFile
{
    /// <summary>Reads form files; a misspelt member is an error, not a silence.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Procedure "code" of the form for procedures that have none of their own.</summary>
    public const string AnyProcedure = "*";

    /// <summary>Name of the form, e.g. land-change.</summary>
    public required string Form { get; init; }

    /// <summary>Codes of the procedures that use it.</summary>
    public required IReadOnlyList<string> Procedures { get; init; }

    public required BilingualText Title { get; init; }

    /// <summary>The paper form that the law prescribes.</summary>
    public LegalForm? LegalForm { get; init; }

    /// <summary>What of this form does not come from a source.</summary>
    public BilingualText? Assumed { get; init; }

    /// <summary>JSON Schema, draft 2020-12, of the subset that <see cref="SchemaSubset"/> knows.</summary>
    public required JsonElement Schema { get; init; }

    public required IReadOnlyList<FormSection> Sections { get; init; }

    /// <summary>Every field of the layout, those inside lists too.</summary>
    public IEnumerable<FormField> Fields() => Sections.SelectMany(s => s.Fields).SelectMany(f => (f.Item ?? []).Prepend(f));
}

/// <summary>A text in both languages.</summary>
internal sealed record BilingualText(string Vi, string En);

/// <summary>The paper form behind an electronic one.</summary>
/// <param name="Assumed">True when the number or the content of the paper form is general knowledge, not read in a source.</param>
internal sealed record LegalForm(string Vi, string En, bool Assumed);

/// <summary>A titled group of fields; shown only while <paramref name="When"/> holds.</summary>
internal sealed record FormSection(string Id, BilingualText Title, BilingualText? Help, FormCondition? When, IReadOnlyList<FormField> Fields);

/// <summary>One input.</summary>
/// <param name="Field">JSON pointer into the form data; inside a list the place of the row is <c>*</c>.</param>
/// <param name="Widget">How it is typed; one of <see cref="Widgets"/>.</param>
/// <param name="Options">Texts of the values of an enum.</param>
/// <param name="PatternText">Says in words what a pattern asks for.</param>
/// <param name="Item">The fields of a row, when the field is a list.</param>
/// <param name="Assumed">True when the field is not in the sources.</param>
internal sealed record FormField(
    string Field, string Widget, BilingualText Label, BilingualText? Help, IReadOnlyDictionary<string, BilingualText>? Options, FormCondition? When,
    BilingualText? PatternText, IReadOnlyList<FormField>? Item, bool Assumed = false);

/// <summary>Holds while the field has one of the values.</summary>
internal sealed record FormCondition(string Field, IReadOnlyList<JsonElement> In);
