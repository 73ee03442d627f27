using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace HaLong.Identity.Domain;

/// <summary>
/// A Vietnamese telephone number, kept as E.164. Mobile numbers in the form before the conversion of 15 September to 14 November 2018
/// (eleven digits) are brought into today's. Printing it gives the masked form.
/// </summary>
internal sealed partial record PhoneNumber
{
    private static readonly FrozenDictionary<string, string> Converted = new Dictionary<string, string>
    {
        ["0120"] = "070",
        ["0121"] = "079",
        ["0122"] = "077",
        ["0126"] = "076",
        ["0128"] = "078",
        ["0123"] = "083",
        ["0124"] = "084",
        ["0125"] = "085",
        ["0127"] = "081",
        ["0129"] = "082",
        ["0162"] = "032",
        ["0163"] = "033",
        ["0164"] = "034",
        ["0165"] = "035",
        ["0166"] = "036",
        ["0167"] = "037",
        ["0168"] = "038",
        ["0169"] = "039",
        ["0186"] = "056",
        ["0188"] = "058",
        ["0199"] = "059",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private PhoneNumber(string national, bool wasConverted) => (National, WasConverted) = (national, wasConverted);

    /// <summary>With the trunk zero, as people write it.</summary>
    public string National { get; }

    /// <summary>True when it was given with an old prefix.</summary>
    public bool WasConverted { get; }

    public string E164 => "+84" + National[1..];

    public bool IsMobile => Mobile().IsMatch(National);

    public string Kind => IsMobile ? "mobile" : "landline";

    public IReadOnlyList<Warning> Warnings => WasConverted ? [Warning.PhoneConverted] : [];

    /// <summary>Null for what is no number of this country.</summary>
    public static PhoneNumber? TryParse(string? text)
    {
        if (text is null || text.Length > 30 || !Written().IsMatch(text))
            return null;

        var digits = Separators().Replace(text.Replace("(0)", "", StringComparison.Ordinal), "");
        var national = digits switch
        {
            _ when digits.StartsWith("+84", StringComparison.Ordinal) => "0" + digits[3..],
            _ when digits.StartsWith("0084", StringComparison.Ordinal) => "0" + digits[4..],
            _ when digits.StartsWith("84", StringComparison.Ordinal) && digits.Length > 10 => "0" + digits[2..],
            _ => digits,
        };
        if (national.Length == 11 && Converted.TryGetValue(national[..4], out var today))
            return new PhoneNumber(today + national[4..], wasConverted: true);
        return Mobile().IsMatch(national) || Landline().IsMatch(national) ? new PhoneNumber(national, wasConverted: false) : null;
    }

    /// <summary>Enough to recognise one's own number by: the last three digits.</summary>
    public static string? Mask(string? number) => number is { Length: > 3 } ? new string('•', number.Length - 3) + number[^3..] : null;

    public override string ToString() => Mask(National)!;

    [GeneratedRegex(@"^\+?[0-9(][0-9 .()\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"[ .()\-]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    // The prefixes in use; 095 and 051, for example, belong to nobody.
    [GeneratedRegex("^0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();

    // Area codes since 2017: all begin with 2; with the number they have ten digits after the trunk zero.
    [GeneratedRegex("^02[0-9]{9}$", RegexOptions.CultureInvariant)]
    private static partial Regex Landline();
}
