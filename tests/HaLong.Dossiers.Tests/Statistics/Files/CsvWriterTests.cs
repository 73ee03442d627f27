using System.Text;
using HaLong.Dossiers.Statistics.Files;
using Sylvan.Data.Csv;

namespace HaLong.Dossiers.Tests.Statistics.Files;

/// <summary>CSV, read again by other people's program.</summary>
public sealed class CsvWriterTests
{
    [Fact]
    public void It_begins_with_the_mark_of_UTF8_and_every_line_ends_as_the_standard_says()
    {
        var bytes = CsvWriter.Write(["a", "b"], [[1, 2]]);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("a,b\r\n1,2\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public void Whatever_stands_in_a_cell_comes_back()
    {
        string[] texts = ["Phường Hạ Long", "a,b", "say \"no\"", "two\r\nlines", " spaces ", "", "😀", "a;b", "x=1"];
        Assert.Equal(texts, Read([.. texts.Select(t => (object?)t)]));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84 912")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("＝1+1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    public void What_a_spreadsheet_would_run_is_made_a_text(string text) => Assert.Equal("'" + text, Read(text)[0]);

    [Fact]
    public void Figures_are_plain_days_are_as_programs_write_them_and_nothing_is_nothing() => Assert.Equal(
        ["8059", "-3", "99.72", "50", "3.3", "2026-03-31", "", "<5"], Read(8059L, -3, 99.72m, 50.00m, 3.25 + 0.05, new DateOnly(2026, 3, 31), null, "<5"));

    [Fact]
    public void An_empty_table_is_its_heads() => Assert.Equal("\uFEFFa,b\r\n", Encoding.UTF8.GetString(CsvWriter.Write(["a", "b"], [])));

    [Fact]
    public void Heads_are_what_was_given() => Assert.Equal(["Đơn vị", "a,b"], Heads(CsvWriter.Write(["Đơn vị", "a,b"], [["x", "y"]])));

    private static List<string> Read(params object?[] row)
    {
        using var reader = Open(CsvWriter.Write(row.Select((_, i) => $"c{i}"), [row]));
        Assert.True(reader.Read());
        var cells = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
        Assert.False(reader.Read());
        return cells;
    }

    private static List<string> Heads(byte[] csv)
    {
        using var reader = Open(csv);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private static CsvDataReader Open(byte[] csv) => CsvDataReader.Create(new StreamReader(new MemoryStream(csv)), new CsvDataReaderOptions { Delimiter = ',' });
}
