namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>A word that is looked for in a phrase: one, or any that begins so.</summary>
internal readonly record struct Sought(int Word, int From, int To)
{
    public static readonly Sought Nothing = Only(-2);

    public static Sought Only(int word) => new(word, word, word + 1);
}

/// <summary>The phrases of all documents as numbers of words, and the rank that follows from how a query stands in them.</summary>
internal sealed class PhraseTable
{
    // Ranks are steps with a score inside each: what kind of match first, how good a one second.
    private const int Step = 1_000_000;
    private const int WordsStep = 1, TogetherStep = 2, BeginStep = 3, WholeStep = 4, CodePartStep = 5, CodeBeginStep = 6, CodeStep = 7;

    private readonly (int[] Words, int Weight)[][] phrases;

    public PhraseTable(IReadOnlyList<SearchDocument> documents, SearchVocabulary vocabulary) => phrases =
    [
        .. documents.Select(d => d.Phrases.Select(p => (p.Words.Select(vocabulary.Number).ToArray(), p.Weight)).ToArray()),
    ];

    /// <summary>The rank of a match by code.</summary>
    public static int OfCode(string code, string typed) => Step * (
        code.Length == typed.Length ? CodeStep : code.StartsWith(typed, StringComparison.Ordinal) ? CodeBeginStep : CodePartStep);

    /// <summary>The rank of a match by words.</summary>
    /// <param name="document">Which.</param>
    /// <param name="sought">The words in their order.</param>
    /// <param name="worth">What they are worth there, 0 to 10,000.</param>
    /// <param name="exact">False when they were guessed: such matches come after all others.</param>
    /// <param name="length">Length of the name: of equal matches the shorter one says more surely what was asked for.</param>
    public int Rank(int document, Sought[] sought, int worth, bool exact, int length)
    {
        var (step, bonus) = (exact ? WordsStep : 0, 0);
        foreach (var (words, weight) in phrases[document])
        {
            var held = Holds(words, sought);
            if (held == 0)
                continue;
            if (!exact)
                bonus = Math.Max(bonus, (20 * held) + (weight / 3));
            else if (held + WordsStep > step)
                (step, bonus) = (held + WordsStep, weight);
            else if (held + WordsStep == step)
                bonus = Math.Max(bonus, weight);
        }
        return (step * Step) + (bonus * 5_000) + (worth * 40) - Math.Min(1_000, length);
    }

    // 3: these words and no others; 2: begins with them; 1: holds them next to one another; 0: does not.
    private static int Holds(int[] words, Sought[] sought)
    {
        for (var start = 0; start + sought.Length <= words.Length; start++)
        {
            var same = 0;
            while (same < sought.Length && words[start + same] >= sought[same].From && words[start + same] < sought[same].To)
                same++;
            if (same == sought.Length)
                return start > 0 ? TogetherStep - WordsStep : words.Length == sought.Length && words[^1] == sought[^1].Word ? WholeStep - WordsStep : BeginStep - WordsStep;
        }
        return 0;
    }
}
