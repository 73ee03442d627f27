namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>All words of the index, in order, with the documents they are in and how they are written.</summary>
internal sealed class SearchVocabulary
{
    private readonly string[] words;
    private readonly int[][] documents;
    private readonly Dictionary<string, string> written = [];
    private readonly ILookup<string, int> bySound;

    public SearchVocabulary(IReadOnlyList<SearchDocument> all)
    {
        var postings = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (var d = 0; d < all.Count; d++)
        {
            foreach (var word in all[d].Words.Keys)
            {
                if (!postings.TryGetValue(word, out var list))
                    postings[word] = list = [];
                list.Add(d);
            }
            foreach (var phrase in all[d].Phrases)
            {
                var spelled = SearchText.Written(phrase.Text);
                for (var i = 0; i < spelled.Count && spelled.Count == phrase.Words.Count; i++)
                    written.TryAdd(phrase.Words[i], spelled[i]);
            }
        }
        words = [.. postings.Keys];
        documents = [.. postings.Values.Select(v => v.ToArray())];
        bySound = Enumerable.Range(0, words.Length).ToLookup(i => Spelling.Sound(words[i]));
    }

    /// <summary>Documents with a word.</summary>
    public IReadOnlyList<int> DocumentsOf(int word) => documents[word];

    public string this[int word] => words[word];

    public bool Has(string word) => Array.BinarySearch(words, word, StringComparer.Ordinal) >= 0;

    /// <summary>The word as people write it.</summary>
    public string Written(string word) => written.GetValueOrDefault(word, word);

    /// <summary>The word itself (quality 100) and, when asked, those that begin with it (60 to 90).</summary>
    public List<(int Word, int Quality)> Starting(string word, bool prefixes)
    {
        var found = new List<(int, int)>();
        var first = Array.BinarySearch(words, word, StringComparer.Ordinal);
        for (var i = first < 0 ? ~first : first; i < words.Length && words[i].StartsWith(word, StringComparison.Ordinal); i++)
        {
            if (words[i].Length == word.Length)
                found.Add((i, 100));
            else if (prefixes)
                found.Add((i, 60 + (30 * word.Length / words[i].Length)));
            else
                break;
        }
        return found;
    }

    /// <summary>Words that sound alike (58) or are few edits away (50, 35).</summary>
    public List<(int Word, int Quality)> Near(string word)
    {
        var found = bySound[Spelling.Sound(word)].Select(i => (i, 58)).ToList();
        var limit = Spelling.Allowance(word);
        for (var i = 0; i < words.Length && limit > 0; i++)
        {
            var edits = Spelling.Edits(word, words[i], limit);
            if (edits <= limit && edits > 0)
                found.Add((i, edits == 1 ? 50 : 35));
        }
        return found;
    }

    /// <summary>The word that is most likely meant: the nearest, and of those the most frequent.</summary>
    public string? Nearest(string word) => Near(word)
        .OrderByDescending(n => n.Quality).ThenByDescending(n => documents[n.Word].Length).ThenBy(n => words[n.Word], StringComparer.Ordinal)
        .Select(n => words[n.Word]).Cast<string?>().FirstOrDefault(w => written.ContainsKey(w!));
}
