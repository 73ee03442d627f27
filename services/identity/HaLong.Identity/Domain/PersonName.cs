using System.Globalization;

namespace HaLong.Identity.Domain;

/// <summary>Names of people: letters of any script, one space between words, composed.</summary>
internal static class PersonName
{
    public const int Longest = 100;

    /// <summary>The name as it is kept, or null when it can be none.</summary>
    public static string? Clean(string? text)
    {
        var name = string.Join(' ', (text ?? "").Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Length is >= 2 and <= Longest && name.All(IsOfNames) && name.Any(char.IsLetter) ? name : null;
    }

    private static bool IsOfNames(char c) =>
        char.IsLetter(c) || c is ' ' or '\'' or '’' or '-' or '.' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
