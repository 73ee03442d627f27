namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>"Did you mean": other searches, each of which finds something.</summary>
internal sealed class Suggestions(SearchIndex index, DateOnly day)
{
    private const int Most = 3;

    /// <param name="words">As typed.</param>
    /// <param name="understood">What the best hit took them for; null where nothing was found.</param>
    public IReadOnlyList<string> For(string[] words, string?[]? understood)
    {
        var corrected = understood ?? [.. words.Select(w => index.Vocabulary.Number(w) >= 0 ? w : index.Vocabulary.Nearest(w))];
        var tries = new List<string?[]> { corrected };
        if (words.Length is > 1 and <= 8)
        {
            // What is left without the words that nobody knows, then without one word at a time.
            tries.Add([.. corrected.Where(w => w is not null)]);
            tries.AddRange(Enumerable.Range(0, words.Length).Select(skip => corrected.Where((_, i) => i != skip).ToArray()));
        }
        return [.. tries
            .Where(t => t.Length > 0 && t.All(w => w is not null) && !t.SequenceEqual(words))
            .Select(t => string.Join(' ', t.Select(w => index.Vocabulary.Written(w!))))
            .Distinct()
            .Where(text => index.Finds(text, day))
            .Take(Most)];
    }
}
