namespace HaLong.Dossiers.Catalogue.Search;

/// <summary>How near two folded words are: typing errors by edits, wrong spelling by sound.</summary>
internal static class Spelling
{
    private static readonly (string Written, string Sounds)[] Beginnings =
        [("kh", "kh"), ("ngh", "ng"), ("gh", "g"), ("gi", "z"), ("tr", "ch"), ("d", "z"), ("r", "z"), ("x", "s"), ("k", "c"), ("q", "c"), ("l", "n")];

    /// <summary>How many edits a word may be away: short syllables differ by one letter as it is, and a code with another digit is another procedure.</summary>
    public static int Allowance(string word) => word.Any(char.IsAsciiDigit) ? 0 : word.Length switch { <= 2 => 0, <= 5 => 1, _ => 2 };

    /// <summary>The word by its sound, where people of different regions write differently: ch/tr, s/x, d/gi/r, l/n, c/k/q, i/y.</summary>
    public static string Sound(string word)
    {
        foreach (var (written, sounds) in Beginnings)
        {
            if (word.StartsWith(written, StringComparison.Ordinal))
            {
                word = sounds + word[written.Length..];
                break;
            }
        }
        return word.Replace('y', 'i');
    }

    /// <summary>
    /// Edits between two words (letters put in, left out, changed, or two neighbours swapped), counted up to a limit; beyond it the limit plus one.
    /// </summary>
    public static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
            return limit + 1;
        if (b.Length > 63)
            return a.SequenceEqual(b) ? 0 : limit + 1;
        Span<int> before = stackalloc int[64], last = stackalloc int[64], row = stackalloc int[64];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > limit)
                return limit + 1;
            var oldest = before;
            before = last;
            last = row;
            row = oldest;
        }
        return Math.Min(last[b.Length], limit + 1);
    }
}
