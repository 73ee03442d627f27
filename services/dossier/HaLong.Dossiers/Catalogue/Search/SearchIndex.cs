namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>
/// The published versions, ready to be searched. A document's rank depends on nothing but itself and the query, so pages stay right when the
/// catalogue changes between them. Immutable.
/// </summary>
internal sealed class SearchIndex
{
    // Ranks are steps with a score inside each: what kind of match first, how good a one second.
    private const int Step = 1_000_000;
    private const int NearStep = 0, WordsStep = 1, TogetherStep = 2, BeginStep = 3, WholeStep = 4, CodePartStep = 5, CodeBeginStep = 6, CodeStep = 7;

    private readonly IReadOnlyList<SearchDocument> documents;

    public SearchIndex(long revision, IEnumerable<SearchDocument> all)
    {
        Revision = revision;
        documents = [.. all.OrderBy(d => d.Code, StringComparer.Ordinal)];
        Vocabulary = new SearchVocabulary(documents);
        ById = documents.ToDictionary(d => d.Id);
    }

    public long Revision { get; }

    public SearchVocabulary Vocabulary { get; }

    public IReadOnlyDictionary<Guid, SearchDocument> ById { get; }

    /// <summary>Everything that matches, best first.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="matching">How words are to be compared; null for the strictest way that finds something.</param>
    public SearchResult Search(SearchQuery query, Matching? matching = null)
    {
        var words = SearchText.Sequence(query.Text ?? "");
        if (words.Length == 0)
            return Finish(query, Matching.Exact, documents.Where(d => d.IsInForce(query.Day)).Select(d => new Hit(d, new Place(0, d.Code))), []);
        foreach (var way in matching is { } only ? [only] : Enum.GetValues<Matching>())
        {
            var found = Match(words, query.Day, way);
            if (found.Count > 0 || way == (matching ?? Matching.Loose))
                return Finish(query, way, found, way == Matching.Exact ? [] : words);
        }
        throw new InvalidOperationException("Loose matching is the last.");
    }

    /// <summary>True when something in force has all the words, or their beginnings.</summary>
    public bool Finds(string text, DateOnly day) => Match(SearchText.Sequence(text), day, Matching.Exact).Count > 0;

    private SearchResult Finish(SearchQuery query, Matching way, IEnumerable<Hit> found, string[] unsure)
    {
        var facets = new FacetCount(query);
        var hits = found.Where(h => facets.Take(h.Document)).ToList();
        hits.Sort((a, b) => a.Place.CompareTo(b.Place));
        return new SearchResult(way, hits, facets.ToFacets(), unsure.Length > 0 ? new Suggestions(this, query.Day).For(unsure) : []);
    }

    private List<Hit> Match(string[] words, DateOnly day, Matching way)
    {
        IReadOnlyList<string> different = [.. words.Distinct().Take(8)];
        var scores = new Dictionary<int, Score>();
        for (var w = 0; w < different.Count; w++)
        {
            foreach (var (document, (worth, own)) in Worth(different[w], w == different.Count - 1, way))
            {
                if (!documents[document].IsInForce(day))
                    continue;
                if (!scores.TryGetValue(document, out var score))
                    scores[document] = score = new Score(way == Matching.Exact ? words : [.. words]);
                score.Add(different[w], worth, way == Matching.Exact ? null : Vocabulary[own]);
            }
        }
        // Whoever types many words may have one too many.
        var needed = different.Count - (way == Matching.Exact ? 0 : different.Count / 3);
        var best = way == Matching.Exact || scores.Count == 0 ? needed : Math.Max(needed, scores.Values.Max(s => s.Words));
        var hits = scores.Where(s => s.Value.Words >= best).Select(s => Rank(documents[s.Key], s.Value.Own, s.Value.Worth / different.Count, way)).ToList();
        return way == Matching.Exact ? [.. ByCode(string.Concat(words), hits).Where(h => h.Document.IsInForce(day))] : hits;
    }

    // A code is also found by a part of it, with or without its dots.
    private IEnumerable<Hit> ByCode(string typed, List<Hit> hits)
    {
        var compact = SearchDocument.Compact(typed);
        if (compact.Length < 3 || !compact.All(char.IsAsciiDigit))
            return hits;
        var codes = documents.Where(d => d.CompactCode.Contains(compact, StringComparison.Ordinal)).Select(d => new Hit(d, new Place(Step * (
            d.CompactCode.Length == compact.Length ? CodeStep : d.CompactCode.StartsWith(compact, StringComparison.Ordinal) ? CodeBeginStep : CodePartStep), d.Code)));
        return codes.Concat(hits).DistinctBy(h => h.Document.Id);
    }

    private static Hit Rank(SearchDocument document, string[] words, int score, Matching way)
    {
        var (step, bonus) = (way == Matching.Exact ? WordsStep : NearStep, 0);
        foreach (var phrase in document.Phrases)
        {
            var held = phrase.Holds(words);
            if (held == 0)
                continue;
            var reached = held switch { 3 => WholeStep, 2 => BeginStep, _ => TogetherStep };
            if (way != Matching.Exact)
                bonus = Math.Max(bonus, (20 * held) + (phrase.Weight / 3));
            else if (reached > step)
                (step, bonus) = (reached, phrase.Weight);
            else if (reached == step)
                bonus = Math.Max(bonus, phrase.Weight);
        }
        // Of equal matches the shorter name says more surely what was asked for.
        var name = document.Content.ShortNameVi ?? document.Content.NameVi;
        return new Hit(document, new Place((step * Step) + (bonus * 5_000) + (score * 40) - Math.Min(1_000, name.Length), document.Code));
    }

    /// <summary>What a word is worth in each document that has it, or one near enough, and which one that is.</summary>
    private Dictionary<int, (int Worth, int Word)> Worth(string word, bool isLast, Matching way)
    {
        // The last word may be unfinished; of short syllables in between, longer ones would only be noise.
        var starting = Vocabulary.Starting(word, isLast || word.Length >= 5 || word.Any(char.IsAsciiDigit));
        var all = way switch
        {
            Matching.Exact => starting,
            Matching.Near when starting.Count > 0 => starting,
            _ => [.. starting, .. Vocabulary.Near(word)],
        };
        var worth = new Dictionary<int, (int Worth, int Word)>();
        foreach (var (found, quality) in all)
        {
            var text = Vocabulary[found];
            foreach (var document in Vocabulary.DocumentsOf(found))
            {
                var here = documents[document].Words[text] * quality;
                if (here > worth.GetValueOrDefault(document).Worth)
                    worth[document] = (here, found);
            }
        }
        return worth;
    }

    /// <summary>What the words of a query come to in one document.</summary>
    private sealed class Score(string[] typed)
    {
        /// <summary>The words of the query, each as the document has it.</summary>
        public string[] Own => typed;

        public int Words { get; private set; }

        public int Worth { get; private set; }

        public void Add(string word, int worth, string? own)
        {
            Words++;
            Worth += worth;
            for (var i = 0; i < typed.Length && own is not null; i++)
            {
                if (typed[i] == word)
                    typed[i] = own;
            }
        }
    }
}
