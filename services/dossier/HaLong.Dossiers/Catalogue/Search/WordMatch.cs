namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>Adds up, for every document, which words of a query it has and what they are worth. Plain arrays: a query touches most documents.</summary>
internal sealed class WordMatch(int documents, string[] different, bool remember)
{
    /// <summary>More words do not narrow a search.</summary>
    public const int MaxWords = 8;

    private readonly int[] worth = new int[documents];
    private readonly byte[] count = new byte[documents];
    private readonly int[] best = new int[documents];
    private readonly int[] own = remember ? new int[documents * different.Length] : [];

    /// <summary>Documents that have enough of the words.</summary>
    public List<int> Found { get; } = [];

    /// <summary>A document has a word, or one near it; the best one counts.</summary>
    public void Take(int document, int place, int word, int value)
    {
        if (value <= best[document])
            return;
        best[document] = value;
        // One more, so that nothing is zero.
        if (remember)
            own[(document * different.Length) + place] = word + 1;
    }

    public void EndWord()
    {
        for (var d = 0; d < documents; d++)
        {
            if (best[d] == 0)
                continue;
            worth[d] += best[d];
            count[d]++;
            best[d] = 0;
        }
    }

    /// <summary>Chooses those with as many words as can be had, but not fewer than are needed.</summary>
    public void Choose(int needed, Func<int, bool> fits)
    {
        for (var d = 0; d < documents; d++)
        {
            if (count[d] < needed || !fits(d))
                continue;
            if (count[d] > needed)
            {
                needed = count[d];
                Found.Clear();
            }
            Found.Add(d);
        }
    }

    /// <summary>What its words are worth on average, 0 to 10,000.</summary>
    public int Worth(int document) => worth[document] / different.Length;

    /// <summary>The words of the query, each as the document has it.</summary>
    public Sought[] AsWritten(int document, string[] words) => [.. words.Select(w =>
    {
        var place = Array.IndexOf(different, w);
        return place < 0 ? Sought.Nothing : Sought.Only(own[(document * different.Length) + place] - 1);
    })];
}
