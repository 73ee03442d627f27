using System.Text;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Papers.Pdf;
using UglyToad.PdfPig;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>The parts that papers are made of.</summary>
public sealed class PdfPartsTests
{
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
        var pdf = PdfSheet.Render(Paper.A4, "Tiêu đề", "Tác giả", FormSamples.At, sheet =>
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
        var pdf = PdfSheet.Render(Paper.A5, "t", "a", FormSamples.At, sheet =>
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

    [Theory]
    [InlineData("EARLY", "Trước hạn")]
    [InlineData("ON_TIME", "Đúng hạn")]
    [InlineData("LATE", "Quá hạn")]
    [InlineData(null, "")]
    public void Stages_say_how_they_ended(string? result, string words) => Assert.Equal(words, FormWords.Outcome(result));

    [Theory]
    [InlineData("online", "trực tuyến")]
    [InlineData("assisted", "trực tuyến, có người hỗ trợ")]
    [InlineData("counter", "trực tiếp")]
    [InlineData("post", "qua bưu chính công ích")]
    public void Channels_have_names(string channel, string words) => Assert.Equal(words, FormWords.Channel(channel));

    [Fact]
    public void Dates_are_local_also_across_midnight()
    {
        var late = new DateTimeOffset(2026, 12, 31, 18, 30, 0, TimeSpan.Zero);
        Assert.Equal("01 giờ 30 phút, ngày 01 tháng 01 năm 2027", FormWords.Moment(late));
        Assert.Equal("01:30 01/01/2027", FormWords.Short(late));
    }

    [Fact]
    public void Metadata_is_escaped()
    {
        var xmp = Encoding.UTF8.GetString(new PdfInfo("<a> & \"b\"", "c", FormSamples.At).Xmp());
        Assert.Contains("&lt;a&gt; &amp; &quot;b&quot;", xmp, StringComparison.Ordinal);
        Assert.Contains("<xmp:CreateDate>2026-11-23T02:05:00Z</xmp:CreateDate>", xmp, StringComparison.Ordinal);
    }
}
