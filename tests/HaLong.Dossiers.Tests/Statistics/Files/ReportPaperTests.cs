using System.Diagnostics;
using HaLong.Dossiers.Statistics.Files;
using HaLong.TestSupport;
using UglyToad.PdfPig;

namespace HaLong.Dossiers.Tests.Statistics.Files;

/// <summary>Reports on paper, read by other people's programs.</summary>
public sealed class ReportPaperTests
{
    [Fact]
    public async Task Title_period_unit_moment_figures_and_notes_are_there_as_people_read_them()
    {
        var text = (await PdfTools.TextOfAsync(Write(SampleReport.Of(SampleReport.Row()), "vi"))).Replace("\n", " ", StringComparison.Ordinal);
        foreach (var words in new[]
        {
            "Báo cáo số hóa hồ sơ", "Từ 01/03/2026 đến 31/03/2026", "Phường Hạ Long (06688)", "Lập lúc 07:30 ngày 01/04/2026", "8.059", "99,72%", "3,3", "1.250.000", "31/03/2026",
            "Tổng cộng", "16.118", "–", "Tỷ lệ trên hồ sơ có thành phần.", "Trang 1/1",
        })
            Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_English_everything_is_English_the_language_of_the_file_too()
    {
        var pdf = Write(SampleReport.Of(SampleReport.Row("Ha Long Ward")), "en");
        var text = await PdfTools.TextOfAsync(pdf);
        foreach (var words in new[] { "Report on digitisation", "1 March 2026 to 31 March 2026", "8,059", "99.72%", "1,250,000", "Share of dossiers with components.", "Page 1/1" })
            Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Trang", text, StringComparison.Ordinal);
        Assert.Contains("/Lang(en)", System.Text.Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        Assert.Contains("/Lang(vi-VN)", System.Text.Encoding.Latin1.GetString(Write(SampleReport.Of(), "vi")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_table_has_heads_and_numbers_on_every_page_and_lies_across()
    {
        using var pdf = PdfDocument.Open(Write(SampleReport.Of([.. Enumerable.Range(0, 200).Select(i => SampleReport.Row($"Unit{i}"))]), "vi"));
        Assert.True(pdf.NumberOfPages > 3);
        foreach (var page in pdf.GetPages())
        {
            Assert.True(page.Width > page.Height);
            var words = string.Join(' ', page.GetWords().Select(w => w.Text));
            Assert.Contains("Đơn vị", words, StringComparison.Ordinal);
            Assert.Contains($"Trang {page.Number}/{pdf.NumberOfPages}", words, StringComparison.Ordinal);
            Assert.Equal(page.Number == pdf.NumberOfPages, words.Contains("Tổng cộng", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task It_is_tagged_with_the_heads_once_so_that_a_program_reads_the_table_aloud()
    {
        var raw = System.Text.Encoding.Latin1.GetString(Write(SampleReport.Of([.. Enumerable.Range(0, 100).Select(i => SampleReport.Row($"Unit{i}"))]), "vi"));
        int Parts(string name) => raw.Split($"/S/{name}/P").Length - 1;
        Assert.Contains("Tagged: yes", System.Text.RegularExpressions.Regex.Replace(await PdfTools.RunAsync("pdfinfo", Write(SampleReport.Of(), "vi")), " +", " "), StringComparison.Ordinal);
        Assert.Equal((1, 1, SampleReport.Columns.Length), (Parts("H1"), Parts("Table"), Parts("TH")));
        // The head, a hundred rows, the totals.
        Assert.Equal((102, 101 * SampleReport.Columns.Length), (Parts("TR"), Parts("TD")));
    }

    [Fact]
    public async Task A_report_without_rows_says_so() =>
        Assert.Contains("Không có số liệu trong kỳ.", await PdfTools.TextOfAsync(Write(SampleReport.Of(), "vi")), StringComparison.Ordinal);

    [Fact]
    public void Ten_thousand_rows_are_written_quickly()
    {
        var report = SampleReport.Of([.. Enumerable.Range(0, 10_000).Select(i => SampleReport.Row($"Đơn vị {i}"))]);
        var watch = Stopwatch.StartNew();
        var pdf = Write(report, "vi");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), watch.Elapsed.ToString());
        using var document = PdfDocument.Open(pdf);
        Assert.InRange(document.NumberOfPages, 300, 1000);
    }

    private static byte[] Write(HaLong.Dossiers.Statistics.Reports.ReportTable table, string language) =>
        ReportPaper.Write(table, language == "vi" ? "Phường Hạ Long (06688)" : "Ha Long Ward (06688)", ReportWords.In(language), SampleReport.MadeAt);
}
