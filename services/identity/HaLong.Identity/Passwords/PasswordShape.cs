using System.Text;
using HaLong.Identity.Seeding;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Passwords;

/// <summary>Sees through the tricks that make a bad password look like a good one: case, accents, digits for letters, runs, repeats.</summary>
internal static class PasswordShape
{
    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "qazwsxedcrfvtgbyhnujmikolp"];

    private static readonly Lazy<HashSet<string>> Common = new(() => [.. ReferenceData.Read<Words>("common-passwords.json").Items]);

    private sealed record Words([property: System.Text.Json.Serialization.JsonPropertyName("words")] List<string> Items);

    /// <summary>Lower case, without accents.</summary>
    public static string Fold(string text) => Text.Fold(text);

    /// <summary>Letters only, digits and signs that stand for letters read as such.</summary>
    public static string Letters(string folded)
    {
        var letters = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            var letter = c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', '!' => 'i', _ => c };
            if (char.IsAsciiLetter(letter))
                letters.Append(letter);
        }

        return letters.ToString();
    }

    /// <summary>True when nothing but digits and signs stands beside words that everybody tries.</summary>
    public static bool IsCommon(string folded)
    {
        var plain = new string([.. folded.Where(char.IsAsciiLetter)]);
        return IsMadeOf(plain) || IsMadeOf(Letters(folded.TrimEnd("0123456789!@#$%^&*.-_+=? ".ToCharArray())));
    }

    /// <summary>How many characters are left when runs (abc, 987), neighbours on the keyboard (qwe) and repeats (aaa, abab) count once.</summary>
    public static int Substance(string folded)
    {
        var unit = Enumerable.Range(1, folded.Length / 2).FirstOrDefault(n => folded.Length % n == 0 && folded == string.Concat(Enumerable.Repeat(folded[..n], folded.Length / n)));
        var text = unit > 0 ? folded[..unit] : folded;
        var count = text.Length > 0 ? 1 : 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (!Follows(text[i - 1], text[i]))
                count++;
        }

        return count;
    }

    private static bool Follows(char one, char next) =>
        Math.Abs(next - one) <= 1 || Rows.Any(row => row.IndexOf(one) is >= 0 and var a && row.IndexOf(next) is >= 0 and var b && Math.Abs(a - b) == 1);

    private static bool IsMadeOf(string letters)
    {
        if (letters.Length == 0)
            return false;
        // Reached: which beginnings of the text are words one after the other.
        var reached = new bool[letters.Length + 1];
        reached[0] = true;
        for (var end = 1; end <= letters.Length; end++)
        {
            for (var begin = 0; begin < end && !reached[end]; begin++)
                reached[end] = reached[begin] && Common.Value.Contains(letters[begin..end]);
        }

        return reached[letters.Length];
    }
}
