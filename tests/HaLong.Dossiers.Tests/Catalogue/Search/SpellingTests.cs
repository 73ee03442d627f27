using HaLong.Dossiers.Catalogue.Search;

namespace HaLong.Dossiers.Tests.Catalogue.Search;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("sinh", "sinh", 0)]
    [InlineData("snih", "sinh", 1)]
    [InlineData("sin", "sinh", 1)]
    [InlineData("sinhh", "sinh", 1)]
    [InlineData("xinh", "sinh", 1)]
    [InlineData("thuong", "thuogn", 1)]
    [InlineData("registartion", "registration", 1)]
    [InlineData("regstraton", "registration", 2)]
    [InlineData("dat", "nha", 3)]
    [InlineData("a", "abcdef", 3)]
    public void Edits_count_letters_put_in_left_out_changed_or_swapped(string a, string b, int edits)
    {
        Assert.Equal(edits, Spelling.Edits(a, b, 2));
        Assert.Equal(edits, Spelling.Edits(b, a, 2));
    }

    [Fact]
    public void Counting_agrees_with_the_plain_table_for_random_words()
    {
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var (a, b) = (Word(random), Word(random));
            Assert.Equal(Math.Min(Plain(a, b), 3), Spelling.Edits(a, b, 2));
        }
    }

    [Fact]
    public void Very_long_words_are_only_compared_whole()
    {
        var word = new string('a', 200);
        Assert.Equal(0, Spelling.Edits(word, word, 2));
        Assert.Equal(3, Spelling.Edits(word, word.AsSpan(1), 2));
    }

    [Theory]
    [InlineData("trung", "chung")]
    [InlineData("xinh", "sinh")]
    [InlineData("zang", "giang")]
    [InlineData("ky", "ki")]
    [InlineData("lon", "non")]
    public void Words_that_sound_alike_have_one_sound(string a, string b) => Assert.Equal(Spelling.Sound(a), Spelling.Sound(b));

    [Theory]
    [InlineData("an", 0)]
    [InlineData("dat", 1)]
    [InlineData("nghia", 1)]
    [InlineData("certificate", 2)]
    [InlineData("1.013978", 0)]
    public void Short_words_allow_fewer_errors(string word, int allowed) => Assert.Equal(allowed, Spelling.Allowance(word));

    private static string Word(Random random) => new([.. Enumerable.Range(0, random.Next(0, 8)).Select(_ => "abc"[random.Next(3)])]);

    private static int Plain(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
