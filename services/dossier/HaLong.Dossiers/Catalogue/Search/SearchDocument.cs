using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>One version of a procedure as the index knows it: what it is found by, filtered by, and shown as in a list.</summary>
internal sealed class SearchDocument
{
    private readonly ProcedureContent content;

    public SearchDocument(Guid id, DateOnly validFrom, DateOnly? validTo, ProcedureContent procedure)
    {
        (Id, ValidFrom, ValidTo) = (id, validFrom, validTo);
        // The index keeps what it shows; the rest of the content would be most of its memory.
        content = procedure with { Components = [], Fees = [], Results = [], SourceNote = null };
        Events = [.. LifeEvents.Of(procedure)];
        Facets = new DocumentFacets(content, [.. Events.Select(e => e.Code)]);
        ShownLength = (procedure.ShortNameVi ?? procedure.NameVi).Length;
        CompactCode = Compact(procedure.Code);
        Phrases = [.. PhrasesOf(procedure)];
        Words = WordsOf(Phrases);
    }

    private SearchDocument(SearchDocument other, DateOnly? validTo)
    {
        (Id, ValidFrom, ValidTo, content) = (other.Id, other.ValidFrom, validTo, other.content);
        (Events, CompactCode, Phrases, Words, Facets, ShownLength) = (other.Events, other.CompactCode, other.Phrases, other.Words, other.Facets, other.ShownLength);
    }

    public Guid Id { get; }
    public DateOnly ValidFrom { get; }
    public DateOnly? ValidTo { get; }
    public string Code => content.Code;

    /// <summary>The code without its dots.</summary>
    public string CompactCode { get; }
    public ProcedureContent Content => content;
    public IReadOnlyList<LifeEvent> Events { get; }
    public DocumentFacets Facets { get; }

    /// <summary>Length of the name that is shown.</summary>
    public int ShownLength { get; }

    /// <summary>Texts as sequences of folded words, each with what a word in it is worth.</summary>
    public IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>What each word is worth at best.</summary>
    public IReadOnlyDictionary<string, int> Words { get; }

    public bool IsInForce(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo >= day);

    /// <summary>The same document with another end of validity.</summary>
    public SearchDocument Until(DateOnly? validTo) => validTo == ValidTo ? this : new SearchDocument(this, validTo);

    public static string Compact(string code) => code.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();

    private IEnumerable<Phrase> PhrasesOf(ProcedureContent procedure)
    {
        yield return Phrase.OfCode(procedure.Code, 100);
        foreach (var old in procedure.PredecessorCodes)
            yield return Phrase.OfCode(old, 40);
        yield return Phrase.Of(procedure.NameVi, 80);
        if (procedure.ShortNameVi is { } shortName)
            yield return Phrase.Of(shortName, 90);
        yield return Phrase.Of(procedure.NameEn, 75);
        yield return Phrase.Of(procedure.Field.Vi, 20);
        yield return Phrase.Of(procedure.Field.En, 20);
        foreach (var keyword in procedure.Keywords)
            yield return Phrase.Of(keyword, 60);
        foreach (var lifeEvent in Events)
        {
            // The first procedure of an event is the one that is meant, the last one only goes with it.
            var weight = 70 - (3 * Math.Min(10, lifeEvent.PlaceOf(procedure.Code) ?? 10));
            yield return Phrase.Of(lifeEvent.Vi, weight);
            yield return Phrase.Of(lifeEvent.En, weight);
            foreach (var word in lifeEvent.Words)
                yield return Phrase.Of(word, weight);
        }
        var name = $" {SearchText.Fold($"{procedure.NameVi} {procedure.ShortNameVi}")} ";
        foreach (var synonym in LifeEvents.Synonyms.Where(s => name.Contains($" {SearchText.Fold(s.Of)} ", StringComparison.Ordinal)))
        {
            foreach (var word in synonym.Words)
                yield return Phrase.Of(word, 50);
        }
    }

    private static Dictionary<string, int> WordsOf(IReadOnlyList<Phrase> phrases)
    {
        var words = new Dictionary<string, int>();
        foreach (var phrase in phrases)
        {
            for (var i = 0; i < phrase.Words.Count; i++)
            {
                Add(phrase.Words[i], phrase.Weight);
                // Two syllables written as one word.
                if (i > 0)
                    Add(phrase.Words[i - 1] + phrase.Words[i], phrase.Weight * 2 / 3);
            }
        }
        return words;

        void Add(string word, int weight) => words[word] = Math.Max(weight, words.GetValueOrDefault(word));
    }
}

/// <summary>A text as a sequence of folded words.</summary>
/// <param name="Weight">What a word of it is worth.</param>
/// <param name="Written">The same words as they are written; none where they do not pair.</param>
internal sealed record Phrase(IReadOnlyList<string> Words, int Weight, IReadOnlyList<string> Written)
{
    public static Phrase Of(string text, int weight)
    {
        var (words, written) = (SearchText.Sequence(text), SearchText.Written(text));
        return new Phrase(words, weight, written.Count == words.Length ? written : []);
    }

    public static Phrase OfCode(string code, int weight) => new([code.ToLowerInvariant()], weight, []);
}
