using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue;

/// <summary>Folded text for search: lower-case words without diacritics or punctuation; dots stay, they are part of codes.</summary>
internal static class SearchText
{
    private const int MaxWords = 8;

    public static string Fold(string text) => string.Join(' ', Split(text));

    /// <summary>The words of a query; more than eight do not narrow a search.</summary>
    public static IReadOnlyList<string> Words(string query) => [.. Split(query).Distinct().Take(MaxWords)];

    private static string[] Split(string text) =>
        new string([.. Text.Fold(text).Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
