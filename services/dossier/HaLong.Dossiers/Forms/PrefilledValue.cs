using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Forms;

/// <summary>A value that the platform filled in, as it is kept with the dossier.</summary>
/// <param name="Pointer">JSON pointer into the form data.</param>
/// <param name="Source">One of <see cref="Sources"/>.</param>
/// <param name="From">Where it is from.</param>
/// <param name="Value">What was filled in; tells later whether it was changed.</param>
internal sealed record PrefilledValue(string Pointer, string Source, PrefillOrigin From, JsonElement Value)
{
    public static IReadOnlyList<PrefilledValue> Read(string json) => JsonSerializer.Deserialize<List<PrefilledValue>>(json, DataFiles.Json) ?? [];

    public static string Write(IReadOnlyList<PrefilledValue> values) => JsonSerializer.Serialize(values, DataFiles.Json);
}

/// <summary>Where a prefilled value is from.</summary>
/// <param name="Kind">profile or dossier.</param>
/// <param name="DossierId">The earlier dossier.</param>
/// <param name="Code">Its code.</param>
internal sealed record PrefillOrigin(string Kind, Guid? DossierId = null, string? Code = null)
{
    public const string OfProfile = "profile";
    public const string OfDossier = "dossier";

    public static readonly PrefillOrigin Profile = new(OfProfile);
}

/// <summary>A prefilled field as the API shows it.</summary>
/// <param name="Pointer">JSON pointer into the dossier, e.g. /data/owner/phone.</param>
/// <param name="Source">What it is, e.g. owner.phone.</param>
/// <param name="From">Where it is from.</param>
/// <param name="Note">The same in words.</param>
internal sealed record PrefilledField(string Pointer, string Source, PrefillOrigin From, string Note)
{
    /// <summary>Those that still have the value they were filled with.</summary>
    public static IReadOnlyList<PrefilledField> StillThere(IEnumerable<PrefilledValue> values, JsonElement data) =>
    [
        .. values.Where(v => Pointers.Find(data, v.Pointer) is { } now && JsonElement.DeepEquals(now, v.Value)).Select(Of),
    ];

    private static PrefilledField Of(PrefilledValue value) => new(Pointers.Data + value.Pointer, value.Source, value.From, value switch
    {
        { Value.ValueKind: JsonValueKind.String } when value.Value.GetString() == FieldFormats.OwnersNumber => Text.Bilingual(
            "Dùng số định danh đã lưu an toàn trong tài khoản; không chép vào hồ sơ.", "Uses the personal number kept sealed with the account; it is not copied into the dossier."),
        { From.Kind: PrefillOrigin.OfProfile } => Text.Bilingual("Lấy từ tài khoản.", "From the account."),
        _ => Text.Bilingual($"Lấy từ hồ sơ {value.From.Code} đã nộp trước đây.", $"From dossier {value.From.Code}, filed earlier."),
    });
}
