using System.Text.RegularExpressions;

namespace HaLong.ServiceDefaults;

/// <summary>Hides personal data in text that leaves the process as a log.</summary>
public static partial class PersonalData
{
    /// <summary>The text with personal numbers (12 digits), mobile numbers and e-mail addresses masked. UUIDs, hashes and dossier codes stay.</summary>
    public static string Mask(string text) => text.Length < 6
        ? text
        : Email().Replace(Phone().Replace(PersonalNumber().Replace(text, "•••"), "•••"), "•••@$1");

    // Not inside a UUID, a hash or a longer number.
    [GeneratedRegex(@"(?<![0-9A-Za-z.\-])\d{12}(?![0-9A-Za-z\-])")]
    private static partial Regex PersonalNumber();

    [GeneratedRegex(@"(?<![0-9A-Za-z.\-])(?:\+84|0)[35789]\d{8}(?![0-9A-Za-z\-])")]
    private static partial Regex Phone();

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]+@([A-Za-z0-9.\-]+\.[A-Za-z]{2,})")]
    private static partial Regex Email();
}
