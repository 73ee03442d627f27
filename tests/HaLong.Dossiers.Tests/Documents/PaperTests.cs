using System.Diagnostics;
using HaLong.Dossiers.Documents;

namespace HaLong.Dossiers.Tests.Documents;

public sealed class PaperTests
{
    private const string Alphabet =
        "ÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ ÈÉẺẼẸ ÊỀẾỂỄỆ ÌÍỈĨỊ ÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ ÙÚỦŨỤ ƯỪỨỬỮỰ ỲÝỶỸỴ Đ "
        + "àáảãạ ăằắẳẵặ âầấẩẫậ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ đ";

    private static readonly DateTimeOffset At = new(2026, 11, 23, 2, 5, 0, TimeSpan.Zero);
    private static readonly DateTime Local = new(2026, 11, 23, 9, 5, 0);
    private const string Code = "000.00.01.H49-261123-0001";
    private const string Url = "https://halong.test/api/v1/tracking/" + Code;

    [Fact]
    public async Task The_receipt_gives_back_its_vietnamese_text()
    {
        var text = await TextOfAsync(ReceiptForm.Render(Receipt(2), At));
        Assert.Contains("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", text, StringComparison.Ordinal);
        Assert.Contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", text, StringComparison.Ordinal);
        Assert.Contains(Code, text, StringComparison.Ordinal);
        Assert.Contains("Tiếp nhận hồ sơ của: Nguyễn Thị Ánh Nguyệt", text, StringComparison.Ordinal);
        Assert.Contains("Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026", text, StringComparison.Ordinal);
        Assert.Contains("17 giờ 00 phút, ngày 16 tháng 12 năm 2026", text, StringComparison.Ordinal);
        Assert.Contains("17 ngày làm việc", text, StringComparison.Ordinal);
        Assert.Contains("Giấy tờ số 2", text, StringComparison.Ordinal);
        Assert.Contains(Url, text.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_gives_back_every_vietnamese_letter()
    {
        var text = await TextOfAsync(ResultLetter.Render(Result(Alphabet), At));
        foreach (var word in Alphabet.Split(' '))
            Assert.Contains(word, text, StringComparison.Ordinal);
        Assert.Contains("KẾT QUẢ GIẢI QUYẾT HỒ SƠ", text, StringComparison.Ordinal);
        Assert.Contains("PHƯỜNG HẠ LONG", text, StringComparison.Ordinal);
        Assert.Contains("1.013978", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_typed_in_pieces_come_back_composed()
    {
        var text = await TextOfAsync(ResultLetter.Render(Result("Nguyễn Đức".Normalize(System.Text.NormalizationForm.FormD)), At));
        Assert.Contains("Nguyễn Đức", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_table_goes_on_over_several_pages_with_its_head_repeated()
    {
        var text = await TextOfAsync(ReceiptForm.Render(Receipt(60), At));
        Assert.True(text.Split('\f').Length > 2);
        Assert.True(text.Split("Tên giấy tờ").Length > 2);
        Assert.Contains("Giấy tờ số 60", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assumed_limit_says_so()
    {
        var text = await TextOfAsync(ReceiptForm.Render(Receipt(1) with { TimeLimitAssumed = true }, At));
        Assert.Contains("17 ngày làm việc (giả định)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_words_and_line_breaks_in_a_decision_stay_on_the_page()
    {
        var text = await TextOfAsync(ResultLetter.Render(Result("Dòng một\n" + new string('w', 400) + "\r\nDòng ba"), At));
        Assert.Contains("Dòng một", text, StringComparison.Ordinal);
        Assert.Contains("Dòng ba", text, StringComparison.Ordinal);
        Assert.Equal(400, text.Count(c => c == 'w'));
    }

    [Fact]
    public async Task Papers_have_their_size_embed_their_fonts_and_carry_pdf_a_metadata()
    {
        var receipt = ReceiptForm.Render(Receipt(1), At);
        var result = ResultLetter.Render(Result("Đồng ý"), At);
        Assert.Contains("(A5)", await RunAsync("pdfinfo", receipt), StringComparison.Ordinal);
        var info = await RunAsync("pdfinfo", result);
        Assert.Contains("(A4)", info, StringComparison.Ordinal);
        Assert.Contains("Metadata Stream: yes", info, StringComparison.Ordinal);
        Assert.Contains("Mon Nov 23 02:05:00 2026", info, StringComparison.Ordinal);
        var fonts = await RunAsync("pdffonts", result);
        Assert.Equal(2, fonts.Split("CID TrueType").Length - 1);
        Assert.Contains("yes yes yes", fonts, StringComparison.Ordinal);
        Assert.True(result.Length < 150_000, $"{result.Length} bytes");
        Assert.Contains("pdfaid:part", System.Text.Encoding.Latin1.GetString(result), StringComparison.Ordinal);
    }

    private static Receipt Receipt(int rows) => new(
        Code, "Phường Hạ Long", "Đăng ký đất đai, tài sản gắn liền với đất", "Cấp giấy chứng nhận lần đầu", "Nguyễn Thị Ánh Nguyệt", "online",
        [.. Enumerable.Range(1, rows).Select(i => new ReceiptRow($"Giấy tờ số {i}", 0, 0, 1))], "17 ngày làm việc", false,
        Local, new DateTime(2026, 12, 16, 17, 0, 0), "Trần Văn Tiếp", Url);

    private static ResultText Result(string decision) => new(
        Code, "Phường Hạ Long", "1.013978", "Đăng ký đất đai", "Cấp giấy chứng nhận lần đầu", "Nguyễn Thị Ánh Nguyệt", decision, "Phạm Duyệt",
        Local, Local.AddDays(1), Url);

    private static Task<string> TextOfAsync(byte[] pdf) => RunAsync("pdftotext", pdf, "-enc", "UTF-8");

    internal static async Task<string> RunAsync(string tool, byte[] pdf, params string[] options)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        await File.WriteAllBytesAsync(path, pdf);
        try
        {
            var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true };
            foreach (var option in options)
                start.ArgumentList.Add(option);
            start.ArgumentList.Add(path);
            if (tool == "pdftotext")
                start.ArgumentList.Add("-");
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
