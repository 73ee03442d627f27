using System.Text.RegularExpressions;

namespace HaLong.Dossiers.Satisfaction.Petitions;

/// <summary>
/// Finds in words for the public what points at a person and can be known by its shape: identity numbers (9 or 12 digits), telephone numbers,
/// e-mail addresses. Names cannot; the official who publishes writes without them.
/// </summary>
internal static partial class PersonalNumbers
{
    public static bool AreIn(string text) => Shape().IsMatch(text);

    [GeneratedRegex(@"(?<!\d)(\+?84|0)([ .\-]?\d){9}(?!\d)|(?<!\d)\d([ .]?\d){8}(([ .]?\d){3})?(?!\d)|[\w.+\-]+@[\w\-]+\.\w",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();
}
