using System.Text;
using HaLong.Papers;
using HaLong.Papers.Pdf;
using HaLong.TestSupport;
using UglyToad.PdfPig;

namespace HaLong.ServiceDefaults.Tests.Papers;

/// <summary>The parts that papers are made of.</summary>
public sealed class PdfPartsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 2, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a\tb\u00A0c\u3000d", "a b c d")]
    [InlineData("x\r\ny\rz\u2028w", "x\ny\nz\nw")]
    [InlineData("\u202Eabc\u200B\u0007", "abc")]
    [InlineData("漢字🏠", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("Đặng Thuỳ", "Đặng Thuỳ")]
    public void Text_is_cleaned_to_what_the_font_can_print(string text, string printed) => Assert.Equal(printed, PdfFont.Clean(text));

    [Fact]
    public void Lines_are_never_wider_than_asked_for_and_lose_no_letter()
    {
        var words = string.Join(' ', Enumerable.Range(0, 300).Select(i => new string((char)('a' + i % 26), 1 + i % 40)));
        var rows = Lines.Wrap(words, PdfFont.Regular, 9, 120);
        Assert.All(rows, row => Assert.True(PdfFont.Regular.Measure(row.TrimEnd(), 9) <= 120, row));
        Assert.Equal(words.Replace(" ", "", StringComparison.Ordinal), string.Concat(rows).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(["w", "w", "w"], Lines.Wrap("www", PdfFont.Regular, 9, 1));
        Assert.Equal(["", ""], Lines.Wrap("\n", PdfFont.Regular, 9, 100));
    }

    [Fact]
    public void Another_reader_finds_the_same_letters_on_the_same_pages()
    {
        var pdf = PdfSheet.Render(Paper.A4, "Tiêu đề", "Tác giả", At, sheet =>
        {
            sheet.Heading("Đầu đề", 12);
            for (var i = 1; i <= 120; i++)
                sheet.Text($"Dòng thứ {i}", 10);
        });
        using var document = PdfDocument.Open(pdf);
        Assert.Equal(("Tiêu đề", "Tác giả"), (document.Information.Title, document.Information.Author));
        Assert.True(document.NumberOfPages > 1);
        var text = string.Concat(document.GetPages().Select(p => p.Text));
        Assert.All(Enumerable.Range(1, 120), i => Assert.Contains($"Dòng thứ {i}", text, StringComparison.Ordinal));
        Assert.Contains($"Trang 1/{document.NumberOfPages}", document.GetPage(1).Text, StringComparison.Ordinal);
        Assert.All(document.GetPages().SelectMany(p => p.Letters), l => Assert.StartsWith("HALONG+NotoSans", l.FontName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parts_are_read_in_the_order_of_their_writing_with_what_they_are()
    {
        var pdf = PdfSheet.Render(Paper.A5, "t", "a", At, sheet =>
        {
            sheet.Heading("Một", 12);
            sheet.Text("Hai", 9);
            sheet.Table([new Column("Cột", 1)], [["Ô đầu"], ["Ô hai"]], 8);
        });
        Assert.Equal(
            "Document H1 (block) \"Một\" P (block) \"Hai\" Table (block) TR TH: /Scope /Column \"Cột\" TR TD \"Ô đầu\" TR TD \"Ô hai\"",
            string.Join(' ', (await PdfTools.ReadAloudAsync(pdf)).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void A_part_that_was_not_begun_cannot_be_ended() => Assert.Throws<InvalidOperationException>(() => new TagTree().End());

    [Fact]
    public void Metadata_is_escaped()
    {
        var xmp = Encoding.UTF8.GetString(new PdfInfo("<a> & \"b\"", "c", At).Xmp());
        Assert.Contains("&lt;a&gt; &amp; &quot;b&quot;", xmp, StringComparison.Ordinal);
        Assert.Contains("<xmp:CreateDate>2026-11-23T02:05:00Z</xmp:CreateDate>", xmp, StringComparison.Ordinal);
    }
}
