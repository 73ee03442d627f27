using System.Text.RegularExpressions;

namespace HaLong.Identity.Domain;

/// <summary>
/// User names that people choose begin with a letter: one that looks like a telephone or personal number could be somebody else's, and
/// whether it is taken would tell who has an account.
/// </summary>
internal static partial class UserNames
{
    public static bool CanBeChosen(string text) => Chosen().IsMatch(text);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._-]{3,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Chosen();
}
