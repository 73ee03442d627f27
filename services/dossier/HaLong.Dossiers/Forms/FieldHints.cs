using System.Text.Json;

namespace HaLong.Dossiers.Forms;

/// <summary>What a schema cannot say: days that must not be in the future, the owner's number by reference, and what only looks unusual.</summary>
internal static class FieldHints
{
    public static IEnumerable<FieldDefect> Check(string pointer, BilingualText label, JsonElement value, JsonElement schema, DateOnly today)
    {
        if (value.ValueKind != JsonValueKind.String || !schema.TryGetProperty("format", out var format))
            return [];
        var text = value.GetString()!;
        return format.GetString() switch
        {
            FieldFormats.Date when IsMarked(schema, "x-not-future") && FieldFormats.ParseDate(text) > today => [FieldSentences.NotFuture(pointer, label)],
            FieldFormats.PersonalNumber when text == FieldFormats.OwnersNumber =>
                schema.TryGetProperty("x-source", out var source) && source.GetString() == Sources.PersonalNumber ? [] : [FieldSentences.NotOwners(pointer, label)],
            FieldFormats.PersonalNumber when text.Length == 12 && text.All(char.IsAsciiDigit) && BirthYear(text) > today.Year =>
                [FieldSentences.Hint(pointer, label, FieldFormats.PersonalNumber, "theo số này thì người đó chưa ra đời; hãy xem lại", "by this number the person is not born yet; look again")],
            FieldFormats.TaxCode when text.Length is 10 or 14 && text[..10].All(char.IsAsciiDigit) && FieldFormats.TaxCheckDigit(text) != text[9] - '0' =>
                [FieldSentences.Hint(pointer, label, FieldFormats.TaxCode, "số kiểm tra của mã số thuế không khớp; hãy xem lại", "the check digit of the tax code does not match; look again")],
            _ => [],
        };
    }

    // Third digit on: century and sex, year (Decree 137/2015/NĐ-CP art. 13). Numbers may have been corrected, so nothing is refused for it.
    private static int BirthYear(string number) => 1900 + ((number[3] - '0') / 2 * 100) + ((number[4] - '0') * 10) + (number[5] - '0');

    private static bool IsMarked(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var mark) && mark.ValueKind == JsonValueKind.True;
}
