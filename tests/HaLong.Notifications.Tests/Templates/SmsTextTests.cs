using System.Text;
using HaLong.Notifications.Templates;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>Length and letters of an SMS, by tables and against a model that packs letter by letter.</summary>
public sealed class SmsTextTests
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extension = "\f^{}\\[~]|€";

    [Theory]
    [InlineData("", SmsEncoding.Gsm7, 0, 0)]
    [InlineData("a", SmsEncoding.Gsm7, 1, 1)]
    [InlineData("àèéìòù", SmsEncoding.Gsm7, 6, 1)]
    [InlineData("€", SmsEncoding.Gsm7, 2, 1)]
    [InlineData("[]{}\\~^|\f", SmsEncoding.Gsm7, 18, 1)]
    [InlineData("đ", SmsEncoding.Ucs2, 1, 1)]
    [InlineData("Hồ sơ đã được tiếp nhận", SmsEncoding.Ucs2, 23, 1)]
    [InlineData("á", SmsEncoding.Ucs2, 1, 1)]
    [InlineData("ç", SmsEncoding.Ucs2, 1, 1)]
    [InlineData("`", SmsEncoding.Ucs2, 1, 1)]
    [InlineData("\u001b", SmsEncoding.Ucs2, 1, 1)]
    [InlineData("😀", SmsEncoding.Ucs2, 2, 1)]
    [InlineData("€đ", SmsEncoding.Ucs2, 2, 1)]
    public void A_text_is_measured_in_its_encoding(string text, object encoding, int units, int parts)
    {
        var size = SmsText.Measure(text);

        Assert.Equal((SmsEncoding)encoding, size.Encoding);
        Assert.Equal((units, parts), (size.Units, size.Parts));
    }

    [Theory]
    [InlineData('ă'), InlineData('â'), InlineData('đ'), InlineData('ê'), InlineData('ô'), InlineData('ơ'), InlineData('ư'), InlineData('ạ'), InlineData('ả'), InlineData('ã')]
    public void One_Vietnamese_letter_turns_the_whole_text(char letter)
    {
        Assert.Equal(1, SmsText.Measure(new string('a', 160)).Parts);

        var size = SmsText.Measure(new string('a', 159) + letter);
        Assert.Equal((SmsEncoding.Ucs2, 3), (size.Encoding, size.Parts));
    }

    [Theory]
    [InlineData('a', 160, 1), InlineData('a', 161, 2), InlineData('a', 306, 2), InlineData('a', 307, 3), InlineData('a', 459, 3), InlineData('a', 460, 4)]
    [InlineData('€', 80, 1), InlineData('€', 81, 2), InlineData('€', 152, 2), InlineData('€', 153, 3)]
    [InlineData('đ', 70, 1), InlineData('đ', 71, 2), InlineData('đ', 134, 2), InlineData('đ', 135, 3)]
    public void The_limits_are_160_and_153_or_70_and_67(char letter, int count, int parts) => Assert.Equal(parts, SmsText.Measure(new string(letter, count)).Parts);

    [Fact]
    public void An_escape_and_a_surrogate_pair_are_never_torn()
    {
        // 306 septets would fit into two parts, but the euro sign would stand across the border.
        Assert.Equal((306, 3), Size(new string('a', 152) + "€" + new string('a', 152)));
        Assert.Equal((306, 2), Size(new string('a', 151) + "€" + new string('a', 153)));
        // The same for a picture that takes two words.
        Assert.Equal((134, 3), Size(new string('đ', 66) + "😀" + new string('đ', 66)));
        Assert.Equal((134, 2), Size(new string('đ', 65) + "😀" + new string('đ', 67)));
        Assert.Equal(1, SmsText.Measure("😀").Characters);
    }

    [Fact]
    public void It_agrees_with_a_model_that_packs_letter_by_letter()
    {
        var random = new Random(20261130);
        var letters = (Basic + Extension).Select(c => c.ToString()).ToArray();
        string[] wide = ["đ", "ữ", "Ệ", "😀", "漢", "€", "a", "["];
        for (var turn = 0; turn < 3000; turn++)
        {
            var pool = turn % 2 == 0 ? letters : wide;
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 500)).Select(_ => pool[random.Next(pool.Length)]));

            var size = SmsText.Measure(text);

            Assert.Equal(Model(text), (size.Encoding, size.Units, size.Parts));
        }
    }

    [Theory]
    [InlineData("Hồ sơ đã được tiếp nhận, hẹn trả ngày Đông chí", "Ho so da duoc tiep nhan, hen tra ngay Dong chi")]
    [InlineData("ĂÂĐÊÔƠƯ ăâđêôơư ÁÀẢÃẠ ỹỵỷỳý", "AADEOOU aadeoou AAAAA yyyyy")]
    [InlineData("à è é ì ò ù", "a e e i o u")]
    [InlineData("“Một cửa” – ‘liên thông’… 150.000\u00a0₫", "\"Mot cua\" - 'lien thong'... 150.000 d")]
    [InlineData("Plain text stays. 100 % [ok] €", "Plain text stays. 100 % [ok] €")]
    [InlineData("ภาษาไทย", "ภาษาไทย")]
    [InlineData("한국어 漢字 😀", "한국어 漢字 😀")]
    [InlineData("", "")]
    public void Vietnamese_is_written_without_marks(string text, string plain) => Assert.Equal(plain, SmsText.Plain(text));

    [Fact]
    public void Marks_in_either_form_of_Unicode_fold_to_the_same()
    {
        const string Text = "Tiếp nhận hồ sơ ở Bộ phận Một cửa";

        Assert.Equal(SmsText.Plain(Text), SmsText.Plain(Text.Normalize(NormalizationForm.FormD)));
        Assert.Equal(SmsText.Plain(Text), SmsText.Of(Text));
        Assert.Equal(Text, SmsText.Of(Text.Normalize(NormalizationForm.FormD), accents: true));
        Assert.Equal(SmsEncoding.Gsm7, SmsText.Measure(SmsText.Of(Text)).Encoding);
        Assert.Equal(SmsEncoding.Ucs2, SmsText.Measure(SmsText.Of(Text, accents: true)).Encoding);
    }

    [Fact]
    public void Every_letter_of_Vietnamese_becomes_one_of_GSM()
    {
        foreach (var letter in "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY")
        {
            foreach (var mark in new[] { "", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323" })
                Assert.Equal((SmsEncoding.Gsm7, 1), (SmsText.Measure(SmsText.Plain((letter + mark).Normalize())).Encoding, SmsText.Plain((letter + mark).Normalize()).Length));
        }
    }

    private static (int Units, int Parts) Size(string text) => (SmsText.Measure(text).Units, SmsText.Measure(text).Parts);

    /// <summary>Slow and plain: cuts the text into letters, and lays them into parts one after the other.</summary>
    private static (SmsEncoding Encoding, int Units, int Parts) Model(string text)
    {
        var gsm = text.All(c => Basic.Contains(c, StringComparison.Ordinal) || Extension.Contains(c, StringComparison.Ordinal));
        var sizes = text.EnumerateRunes().Select(r => gsm ? (Extension.Contains(r.ToString(), StringComparison.Ordinal) ? 2 : 1) : r.Utf16SequenceLength).ToList();
        if (sizes.Sum() <= (gsm ? 160 : 70))
            return (gsm ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, sizes.Sum(), sizes.Count == 0 ? 0 : 1);
        var parts = new List<int> { 0 };
        foreach (var size in sizes)
        {
            if (parts[^1] + size > (gsm ? 153 : 67))
                parts.Add(0);
            parts[^1] += size;
        }

        return (gsm ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, sizes.Sum(), parts.Count);
    }
}
