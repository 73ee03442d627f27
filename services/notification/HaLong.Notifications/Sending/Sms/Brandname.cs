using System.Text.RegularExpressions;

namespace HaLong.Notifications.Sending.Sms;

/// <summary>
/// The sender name (tên định danh) that telephones show: at most 11 Latin letters, digits, hyphens, underscores, dots and spaces, not only digits
/// (Decree 91/2020, art. 23). Registered nationwide and without regard to case; that is for the provider to know.
/// </summary>
internal static partial class Brandname
{
    public const string Rule = "a sender name has 1 to 11 Latin letters, digits, -, _, . or spaces, does not begin or end with a space, and is not only digits "
        + "(Decree 91/2020, art. 23).";

    public static bool IsValid(string name) => Shape().IsMatch(name) && !name.All(char.IsAsciiDigit) && name.Trim() == name;

    [GeneratedRegex("^[A-Za-z0-9._ -]{1,11}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
