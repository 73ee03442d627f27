using System.Text;
using HaLong.Dossiers.Papers;
using HaLong.TestSupport;

namespace HaLong.Dossiers.Tests.Papers;

public sealed class ResultLetterTests
{
    private const string Alphabet =
        "ÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ ÈÉẺẼẸ ÊỀẾỂỄỆ ÌÍỈĨỊ ÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ ÙÚỦŨỤ ƯỪỨỬỮỰ ỲÝỶỸỴ Đ "
        + "àáảãạ ăằắẳẵặ âầấẩẫậ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ đ";

    [Fact]
    public async Task The_result_gives_back_every_vietnamese_letter()
    {
        var text = await PdfTools.TextOfAsync(Render(Alphabet));
        foreach (var word in Alphabet.Split(' '))
            Assert.Contains(word, text, StringComparison.Ordinal);
        Assert.Contains("KẾT QUẢ GIẢI QUYẾT HỒ SƠ", text, StringComparison.Ordinal);
        Assert.Contains("PHƯỜNG HẠ LONG", text, StringComparison.Ordinal);
        Assert.Contains("1.013978", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_words_and_line_breaks_in_a_decision_stay_on_the_page()
    {
        var text = await PdfTools.TextOfAsync(Render("Dòng một\n" + new string('w', 400) + "\r\nDòng ba"));
        Assert.Contains("Dòng một", text, StringComparison.Ordinal);
        Assert.Contains("Dòng ba", text, StringComparison.Ordinal);
        Assert.Equal(400, text.Count(c => c == 'w'));
    }

    [Fact]
    public async Task A_decision_of_many_pages_keeps_every_word()
    {
        var pdf = Render(string.Join(' ', Enumerable.Range(1, 3000).Select(i => $"từ{i}.")));
        await PdfTools.IsSoundAsync(pdf, "A4");
        var read = await PdfTools.ReadAloudAsync(pdf);
        Assert.All(Enumerable.Range(1, 3000), i => Assert.Contains($"từ{i}.", read, StringComparison.Ordinal));
        Assert.Contains("Trang 1/", await PdfTools.TextOfAsync(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_its_size_embeds_its_fonts_and_names_what_it_is()
    {
        var result = Render("Đồng ý");
        await PdfTools.IsSoundAsync(result, "A4");
        var info = await PdfTools.RunAsync("pdfinfo", result);
        Assert.Contains("Metadata Stream: yes", info, StringComparison.Ordinal);
        Assert.Contains("Mon Nov 23 02:05:00 2026", info, StringComparison.Ordinal);
        Assert.True(result.Length < 120_000, $"{result.Length} bytes");
        var bytes = Encoding.UTF8.GetString(result);
        Assert.Contains("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", bytes, StringComparison.Ordinal);
        Assert.Contains("<rdf:li xml:lang=\"x-default\">Kết quả giải quyết hồ sơ", bytes, StringComparison.Ordinal);
        Assert.Contains("/Lang(vi-VN)", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("Trang 1", await PdfTools.TextOfAsync(result), StringComparison.Ordinal);
    }

    private static byte[] Render(string decision) => ResultLetter.Render(
        new ResultText(
            FormSamples.Code, "Phường Hạ Long", "1.013978", "Đăng ký đất đai", "Cấp giấy chứng nhận lần đầu", "Nguyễn Thị Ánh Nguyệt", decision, "Phạm Duyệt",
            FormSamples.At.AddDays(-1), FormSamples.At),
        "https://halong.test/verify/x#statement");
}
