using System.Text;
using HaLong.Signatures.Pdf;

namespace HaLong.Signatures.Tests.Pdf;

public sealed class PdfLexerTests
{
    private static PdfValue Read(string text) => new PdfLexer(Encoding.Latin1.GetBytes(text)).ReadValue();

    private static string Write(PdfValue value)
    {
        using var stream = new MemoryStream();
        PdfWriter.Write(stream, value);
        return Encoding.Latin1.GetString(stream.ToArray());
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData(" true ", "true")]
    [InlineData("% comment\nfalse", "false")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("+.5", "+.5")]
    [InlineData("12 0 R", "12 0 R")]
    [InlineData("[1 2 0 R 3]", "[1 2 0 R 3]")]
    [InlineData("[1 2 3]", "[1 2 3]")]
    [InlineData("/A#20B", "/A#20B")]
    [InlineData("/", "/")]
    [InlineData("(a\\(b\\)(c)\\061\\n\\\r\nx)", "<6128622928632931" + "0a" + "78>")]
    [InlineData("<4 1 4>", "<4140>")]
    [InlineData("<</A/B/C[<<>>]>>", "<</A /B\n/C [<<>>]\n>>")]
    public void Objects_are_read_and_written_with_the_same_meaning(string text, string written)
    {
        Assert.Equal(written, Write(Read(text)));
        Assert.Equal(written, Write(Read(Write(Read(text)))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul")]
    [InlineData("1.2.x")]
    [InlineData("--")]
    [InlineData("(open")]
    [InlineData("<41")]
    [InlineData("<4x>")]
    [InlineData("[1 2")]
    [InlineData("<</A 1")]
    [InlineData("<</A 1/A 2>>")]
    [InlineData("<<1 2>>")]
    [InlineData(")")]
    [InlineData("}")]
    public void What_is_no_object_is_refused(string text) => Assert.Throws<PdfException>(() => Read(text));

    [Fact]
    public void A_string_knows_where_it_stands()
    {
        var text = Assert.IsType<PdfString>(Assert.IsType<PdfArray>(Read("[  <4142> ]")).Items[0]);
        Assert.Equal((3, 9, true), (text.Start, text.End, text.IsHex));
    }
}
