using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using HaLong.Dossiers.Statistics.Files;

namespace HaLong.Dossiers.Tests.Statistics.Files;

/// <summary>Spreadsheets, opened and checked by the format's own library.</summary>
public sealed class ReportSheetTests
{
    [Fact]
    public async Task Figures_are_numbers_with_their_looks_heads_stay_and_totals_are_bold()
    {
        using var book = await OpenAsync(await WriteAsync(SampleReport.Of(SampleReport.Row()), "vi"));
        var rows = Rows(book);
        Assert.Equal("Báo cáo số hóa hồ sơ", TextOf(rows[0], 0));
        Assert.Equal("Từ 01/03/2026 đến 31/03/2026 · Phường Hạ Long (06688) · Lập lúc 07:30 ngày 01/04/2026", TextOf(rows[1], 0));
        Assert.Equal(["Đơn vị", "Tiếp nhận", "Tỷ lệ số hóa", "Số ngày", "Phí, lệ phí", "Ngày gần nhất"], Enumerable.Range(0, 6).Select(i => TextOf(rows[2], i)));
        Assert.Equal("Phường Hạ Long", TextOf(rows[3], 0));
        Assert.Equal([8059, 0.9972, 3.25, 1_250_000, 46_112], Enumerable.Range(1, 5).Select(i => NumberOf(rows[3], i)), Close);
        Assert.Equal(["#,##0", "0.00%", "#,##0.0", "#,##0", "dd/mm/yyyy"], Enumerable.Range(1, 5).Select(i => LookOf(book, rows[3], i).Format));
        Assert.All(Enumerable.Range(1, 5), i => Assert.False(LookOf(book, rows[3], i).Bold));
        Assert.Equal("Tổng cộng", TextOf(rows[4], 0));
        Assert.All(Enumerable.Range(0, 6), i => Assert.True(LookOf(book, rows[4], i).Bold));
        Assert.Equal(0.997, NumberOf(rows[4], 2), 6);
        Assert.Equal("Tỷ lệ trên hồ sơ có thành phần.", TextOf(rows[6], 0));

        var sheet = Sheet(book);
        var pane = sheet.Descendants<Pane>().Single();
        Assert.Equal((3, PaneStateValues.Frozen), ((int)pane.VerticalSplit!.Value, pane.State!.Value));
        Assert.All(sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Column>(), c => Assert.InRange(c.Width!.Value, 12, 45));
        Assert.Equal("Báo cáo số hóa hồ sơ", book.WorkbookPart!.Workbook!.Descendants<Sheet>().Single().Name?.Value);
    }

    [Fact]
    public async Task The_formats_own_validator_finds_nothing()
    {
        using var book = await OpenAsync(await WriteAsync(SampleReport.Of(SampleReport.Row(), SampleReport.Row("=1+1")), "en"));
        var errors = new OpenXmlValidator().Validate(book).Select(e => $"{e.Path?.XPath}: {e.Description}").ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    [InlineData("\t=1")]
    public async Task What_looks_like_a_formula_is_a_text_and_stays_one(string text)
    {
        using var book = await OpenAsync(await WriteAsync(SampleReport.Of(SampleReport.Row(text)), "vi"));
        var row = Rows(book)[3];
        Assert.Equal(text, TextOf(row, 0));
        Assert.True(LookOf(book, row, 0).Quoted);
        Assert.Empty(Sheet(book).Descendants<CellFormula>());
    }

    [Fact]
    public async Task What_stands_in_for_a_figure_is_a_text_and_nothing_is_an_empty_cell()
    {
        using var book = await OpenAsync(await WriteAsync(SampleReport.Of(["a", "<5", null, 1, 2, null]), "en"));
        var row = Rows(book)[3];
        Assert.Equal(("<5", "", 1d), (TextOf(row, 1), TextOf(row, 2), NumberOf(row, 3)));
    }

    [Fact]
    public async Task An_empty_report_has_heads_and_totals()
    {
        using var book = await OpenAsync(await WriteAsync(SampleReport.Of(), "en"));
        Assert.Equal(["Report on digitisation", "Unit", "Tổng cộng"], new[] { 0, 2, 3 }.Select(r => TextOf(Rows(book)[r], 0)));
    }

    [Fact]
    public async Task Ten_thousand_rows_are_written_quickly_and_all_there()
    {
        var report = SampleReport.Of([.. Enumerable.Range(0, 10_000).Select(i => SampleReport.Row($"Đơn vị {i}"))]);
        var watch = Stopwatch.StartNew();
        var bytes = await WriteAsync(report, "vi");
        // A second is usual; a machine that does other work meanwhile may take longer.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
        using var book = await OpenAsync(bytes);
        var rows = Rows(book);
        Assert.Equal(3 + 10_000 + 1 + 2, rows.Count);
        Assert.Equal("Đơn vị 9999", TextOf(rows[10_002], 0));
    }

    [Fact]
    public async Task A_name_that_a_sheet_cannot_have_is_made_one()
    {
        using var book = await OpenAsync(await WriteAsync(SampleReport.Of() with { TitleVi = "Số/liệu [quý]: *tất cả* các đơn vị trực thuộc" }, "vi"));
        var name = book.WorkbookPart!.Workbook!.Descendants<Sheet>().Single().Name!.Value!;
        Assert.Equal("Sốliệu quý tất cả các đơn vị tr", name);
    }

    private static Task<byte[]> WriteAsync(HaLong.Dossiers.Statistics.Reports.ReportTable table, string language) =>
        ReportSheet.WriteAsync(table, language == "vi" ? "Phường Hạ Long (06688)" : "Ha Long Ward (06688)", ReportWords.In(language), SampleReport.MadeAt, DossierFixture.Ct);

    private static Task<SpreadsheetDocument> OpenAsync(byte[] bytes) => Task.FromResult(SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false));

    private static Worksheet Sheet(SpreadsheetDocument book) => book.WorkbookPart!.WorksheetParts.Single().Worksheet!;

    private static List<Row> Rows(SpreadsheetDocument book) => [.. Sheet(book).Descendants<Row>()];

    private static Cell CellOf(Row row, int index) => row.Elements<Cell>().ElementAt(index);

    private static string TextOf(Row row, int index) => CellOf(row, index).InnerText;

    private static double NumberOf(Row row, int index) => double.Parse(CellOf(row, index).CellValue!.Text, CultureInfo.InvariantCulture);

    private static (string Format, bool Bold, bool Quoted) LookOf(SpreadsheetDocument book, Row row, int index)
    {
        var styles = book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)CellOf(row, index).StyleIndex!.Value);
        var number = format.NumberFormatId?.Value ?? 0;
        var code = number switch
        {
            3 => "#,##0",
            10 => "0.00%",
            _ => styles.NumberingFormats!.Elements<NumberingFormat>().FirstOrDefault(f => f.NumberFormatId!.Value == number)?.FormatCode?.Value ?? "",
        };
        return (code, styles.Fonts!.Elements<Font>().ElementAt((int)(format.FontId?.Value ?? 0)).Bold is not null, format.QuotePrefix?.Value == true);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9;
}
