using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Catalogue;

/// <summary>Folded text for search: lower-case words without diacritics or punctuation; dots stay, they are part of codes.</summary>
internal static class SearchText
{
    private const int MaxWords = 8;

    public static string Fold(string text) => string.Join(' ', Split(text));

    /// <summary>The different words of a query; more than eight do not narrow a search.</summary>
    public static IReadOnlyList<string> Words(string query) => [.. Split(query).Distinct().Take(MaxWords)];

    /// <summary>All words of a text in their order.</summary>
    public static string[] Sequence(string text) => Split(text);

    /// <summary>The words as they are written, in lower case: each folds to the word of the same place.</summary>
    public static IReadOnlyList<string> Written(string text) =>
        [.. new string([.. text.Normalize().ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.')).Where(w => w.Length > 0)];

    private static string[] Split(string text) =>
        [.. new string([.. Text.Fold(text).Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(w => w.Trim('.')).Where(w => w.Length > 0)];
}
