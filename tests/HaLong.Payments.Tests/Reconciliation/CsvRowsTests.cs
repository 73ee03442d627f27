using System.Text;
using HaLong.Payments.Reconciliation;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>Our CSV, cell by cell.</summary>
public sealed class CsvRowsTests
{
    [Theory]
    [InlineData("a,b,c", new[] { "a", "b", "c" })]
    [InlineData("", new string[0])]
    [InlineData(",", new[] { "", "" })]
    [InlineData("a,", new[] { "a", "" })]
    [InlineData(",,x", new[] { "", "", "x" })]
    [InlineData("\"a\"", new[] { "a" })]
    [InlineData("\"\"", new[] { "" })]
    [InlineData("\"a,b\",c", new[] { "a,b", "c" })]
    [InlineData("\"a\"\"b\"", new[] { "a\"b" })]
    [InlineData("\"\"\"\"", new[] { "\"" })]
    [InlineData("x,\"a\",", new[] { "x", "a", "" })]
    [InlineData("a\"b,c", new[] { "a\"b", "c" })]
    [InlineData(" a , b ", new[] { " a ", " b " })]
    [InlineData("Nguyễn Văn Ánh,lệ phí", new[] { "Nguyễn Văn Ánh", "lệ phí" })]
    public void A_line_is_its_cells(string line, string[] cells)
    {
        var (rows, faults) = Read(line);
        Assert.False(faults.Any);
        Assert.Equal(cells, rows.SelectMany(r => r.Cells));
    }

    [Theory]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    [InlineData("a,\"b\"c,d")]
    [InlineData("\"a\"\"")]
    public void What_is_quoted_wrongly_is_a_fault_and_no_row(string line)
    {
        var (rows, faults) = Read("ok\n" + line + "\nok");
        Assert.Equal([1, 3], rows.Select(r => r.Line));
        Assert.Equal("line 2", Assert.Single(faults.ToError().FieldMessages).Field);
    }

    [Fact]
    public void Lines_keep_their_numbers_over_empty_ones_and_any_line_end()
    {
        var (rows, faults) = Read("a\r\n\r\nb\n\n\nc");
        Assert.False(faults.Any);
        Assert.Equal([(1, "a"), (3, "b"), (6, "c")], rows.Select(r => (r.Line, r.Cells[0])));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_cell()
    {
        var faults = new Faults();
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("account,1")).ToArray();
        Assert.Equal("account", CsvRows.Read(new MemoryStream(bytes), faults).Single().Cells[0]);
    }

    [Theory]
    [InlineData(4_000, 0)]
    [InlineData(4_001, 1)]
    public void A_line_has_an_end(int length, int wrong)
    {
        var (rows, faults) = Read(new string('x', length));
        Assert.Equal((1 - wrong, wrong == 1), (rows.Count, faults.Any));
    }

    private static (List<(int Line, List<string> Cells)> Rows, Faults Faults) Read(string text)
    {
        var faults = new Faults();
        return (CsvRows.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), faults).ToList(), faults);
    }
}
