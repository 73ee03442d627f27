using System.Collections.Concurrent;

namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>A word near to another and how near: 100 is the word itself.</summary>
internal readonly record struct Kin(int Word, int Quality);

/// <summary>All words of the index by number, in order, with the documents they are in and how they are written.</summary>
internal sealed class SearchVocabulary
{
    private const int MaxRemembered = 2_000;

    private readonly string[] words;
    private readonly (int Document, int Weight)[][] postings;
    private readonly Dictionary<string, string> written = [];
    private readonly ILookup<string, int> bySound;
    private readonly ConcurrentDictionary<string, Kin[]> near = [];

    public SearchVocabulary(IReadOnlyList<SearchDocument> all)
    {
        var found = new Dictionary<string, List<(int, int)>>();
        for (var d = 0; d < all.Count; d++)
        {
            foreach (var (word, weight) in all[d].Words)
            {
                if (!found.TryGetValue(word, out var list))
                    found[word] = list = [];
                list.Add((d, weight));
            }
            foreach (var phrase in all[d].Phrases)
            {
                for (var i = 0; i < phrase.Written.Count; i++)
                    written.TryAdd(phrase.Words[i], phrase.Written[i]);
            }
        }
        words = [.. found.Keys.Order(StringComparer.Ordinal)];
        postings = [.. words.Select(w => found[w].ToArray())];
        bySound = Enumerable.Range(0, words.Length).ToLookup(i => Spelling.Sound(words[i]));
    }

    /// <summary>Documents with a word, and what it is worth there.</summary>
    public (int Document, int Weight)[] Of(int word) => postings[word];

    /// <summary>Number of a word; negative when there is no such word.</summary>
    public int Number(string word) => Array.BinarySearch(words, word, StringComparer.Ordinal);

    public string this[int word] => words[word];

    /// <summary>The word as people write it.</summary>
    public string Written(string word) => written.GetValueOrDefault(word, word);

    /// <summary>Numbers of the words that begin so: from the first to before the second.</summary>
    public (int From, int To) Beginning(string word)
    {
        var first = Number(word);
        var from = first < 0 ? ~first : first;
        var to = from;
        while (to < words.Length && words[to].StartsWith(word, StringComparison.Ordinal))
            to++;
        return (from, to);
    }

    /// <summary>The word itself (quality 100) and, when asked, those that begin with it (60 to 90).</summary>
    public Kin[] Starting(string word, bool prefixes)
    {
        if (!prefixes)
            return Number(word) is >= 0 and var only ? [new Kin(only, 100)] : [];
        var (from, to) = Beginning(word);
        var found = new Kin[to - from];
        for (var i = from; i < to; i++)
            found[i - from] = new Kin(i, words[i].Length == word.Length ? 100 : 60 + (30 * word.Length / words[i].Length));
        return found;
    }

    /// <summary>Words that sound alike (58) or are few edits away (50, 35).</summary>
    public Kin[] Near(string word)
    {
        if (near.TryGetValue(word, out var known))
            return known;
        var found = bySound[Spelling.Sound(word)].Select(i => new Kin(i, 58)).ToList();
        var limit = Spelling.Allowance(word);
        for (var i = 0; i < words.Length && limit > 0; i++)
        {
            var edits = Spelling.Edits(word, words[i], limit);
            if (edits <= limit && edits > 0)
                found.Add(new Kin(i, edits == 1 ? 50 : 35));
        }
        // People make the same mistakes; the list may not grow without end.
        return near.Count < MaxRemembered ? near.GetOrAdd(word, [.. found]) : [.. found];
    }

    /// <summary>The word that is most likely meant: the nearest, and of those the most frequent.</summary>
    public string? Nearest(string word) => Near(word)
        .OrderByDescending(n => n.Quality).ThenByDescending(n => postings[n.Word].Length).ThenBy(n => n.Word)
        .Select(n => words[n.Word]).Cast<string?>().FirstOrDefault(w => written.ContainsKey(w!));
}
