using System.Text.RegularExpressions;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>The beginning of a dossier code as somebody types it: from its agency on, or from its date on.</summary>
internal static partial class CodeText
{
    /// <summary>How the code may begin: as typed, and in the other spellings of its agency; null for what is no part of a code.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="agency">The agency of the unit, for who leaves it out.</param>
    public static IReadOnlyList<string>? Beginnings(string typed, string agency)
    {
        var text = DossierCode.Clean(typed);
        if (FromDate().IsMatch(text))
            text = $"{agency}-{text}";
        else if (!FromAgency().IsMatch(text))
            return null;
        var end = text.IndexOf('-', StringComparison.Ordinal);
        if (end < 0)
            return [text];
        var (head, tail) = (text[..end], text[end..]);
        return [.. new[] { head, DossierCode.To2018(head), DossierCode.To2020(head) }.Distinct().Select(spelled => spelled + tail)];
    }

    [GeneratedRegex(@"^\d{6}(-\d{0,12})?$", RegexOptions.CultureInvariant)]
    private static partial Regex FromDate();

    // At least two groups, or a number and a letter: nobody is called that.
    [GeneratedRegex(@"^(?=.*\d)[0-9A-Z]{1,3}(\.[0-9A-Z]{0,3}){0,4}(-\d{0,8}(-\d{0,12})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex FromAgency();
}
