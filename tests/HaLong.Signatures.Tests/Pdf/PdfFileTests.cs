using System.Text;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Pdf;

public sealed class PdfFileTests
{
    private static PdfFault FaultOf(byte[] pdf) => Assert.Throws<PdfException>(() =>
    {
        var file = PdfFile.Open(pdf);
        file.FirstPage();
        SignatureFields.Find(file);
    }).Fault;

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("%PDF")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("\n%PDF-1.7")]
    public void What_does_not_begin_as_a_pdf_is_none(string text) => Assert.Equal(PdfFault.NotPdf, FaultOf(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void An_encrypted_file_is_recognised() => Assert.Equal(PdfFault.Encrypted, FaultOf(SamplePdfs.Encrypted()));

    [Fact]
    public void A_file_cut_off_anywhere_is_malformed()
    {
        var pdf = SamplePdfs.Of("object-streams");
        var table = SamplePdfs.Table();
        for (var length = 5; length < table.Length - 2; length += 3)
            Assert.Equal(PdfFault.Malformed, FaultOf(table[..length]));
        for (var length = 5; length < pdf.Length - 2; length += 3)
            Assert.Equal(PdfFault.Malformed, FaultOf(pdf[..length]));
    }

    [Fact]
    public void A_file_cut_off_inside_its_newest_revision_is_malformed_although_the_older_one_is_whole()
    {
        var table = SamplePdfs.Table();
        var appended = SamplePdfs.Append(table, (6, "(new)"));

        for (var length = table.Length + 1; length < appended.Length - 2; length += 5)
            Assert.Equal(PdfFault.Malformed, FaultOf(appended[..length]));
        Assert.Equal("new", SignatureFields.TextOf(PdfFile.Open(appended).Get(6)));
    }

    [Theory]
    [InlineData("/Root 1 0 R", "/Root 9 0 R")]
    [InlineData("/Root 1 0 R", "/Rxxt 1 0 R")]
    [InlineData("/Pages 2 0 R", "/Pages 9 0 R")]
    [InlineData("/Kids[3 0 R]", "/Kids[2 0 R]")]
    [InlineData("/Kids[3 0 R]", "/Kids[]     ")]
    [InlineData("2 0 obj", "7 0 obj")]
    [InlineData("trailer", "trailor")]
    [InlineData("startxref\n", "startxref\n9")]
    [InlineData("startxref\n", "startxref\nx")]
    [InlineData("/Type/Catalog", "/Type/Type/A")]
    [InlineData("<</Size", "<</Prev 99999/Size")]
    [InlineData("<</Size", "<</Prev(x)/Size")]
    [InlineData("0 6\n", "0 99999999\n")]
    [InlineData("00000 n", "00000 x")]
    public void A_broken_structure_is_malformed(string what, string with) =>
        Assert.Equal(PdfFault.Malformed, FaultOf(SamplePdfs.Replace(SamplePdfs.Table(), what, with)));

    [Fact]
    public void Sections_that_name_each_other_as_previous_end_in_a_refusal()
    {
        var text = Encoding.Latin1.GetString(SamplePdfs.Table());
        var start = text.LastIndexOf("xref\n0", StringComparison.Ordinal);
        Assert.Equal(PdfFault.Malformed, FaultOf(SamplePdfs.Replace(SamplePdfs.Table(), "<</Size", $"<</Prev {start}/Size")));
    }

    [Fact]
    public void Objects_nested_without_end_do_not_overflow_the_stack()
    {
        var deep = new string('[', 500_000);
        Assert.Equal(PdfFault.Malformed, FaultOf(SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/A " + deep + ">>", "<<>>")));
        Assert.Equal(PdfFault.Malformed,
            FaultOf(SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/A " + string.Concat(Enumerable.Repeat("<</A", 200_000)) + ">>", "<<>>")));
    }

    [Fact]
    public void References_in_a_circle_end_in_a_refusal() =>
        Assert.Equal(PdfFault.Malformed, FaultOf(SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>", "<</Type/Pages>>",
            "4 0 R", "3 0 R")));

    [Fact]
    public void A_form_whose_fields_contain_each_other_is_walked_once()
    {
        var file = PdfFile.Open(SamplePdfs.Build("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", "<</Type/Pages>>",
            "<</T(a)/Kids[4 0 R]>>", "<</T(b)/Kids[3 0 R]>>"));
        Assert.Empty(SignatureFields.Find(file));
    }

    [Fact]
    public void A_field_inherits_its_type_and_value_from_its_parent()
    {
        var file = PdfFile.Open(SamplePdfs.Build(
            "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", "<</Type/Pages>>", "<</T(a)/FT/Sig/V 5 0 R/Kids[4 0 R]>>",
                "<</T(b)>>", "<</Type/Sig/ByteRange[0 1 2 3]>>"));

        var field = Assert.Single(SignatureFields.Find(file));
        Assert.Equal("a.b", field.Name);
        Assert.Equal([0L, 1, 2, 3], field.ByteRange!);
    }

    [Fact]
    public void A_stream_that_inflates_without_end_is_refused_at_the_budget()
    {
        var bomb = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(new byte[10_000_000]);
        var stream = new PdfStream(new PdfDictionary(new Dictionary<string, PdfValue> { ["Filter"] = new PdfName("FlateDecode") }), 0,
            (int)bomb.Length);

        Assert.Throws<PdfException>(() => new StreamDecoder(budget: 1_000_000).Decode(bomb.ToArray(), stream));
        Assert.Equal(10_000_000, new StreamDecoder().Decode(bomb.ToArray(), stream).Length);
    }

    [Fact]
    public void Bytes_changed_at_random_never_crash_the_reader()
    {
        var random = new Random(20260724);
        foreach (var name in SamplePdfs.Names.Except(["skia", "skia-object-streams", "linearised"]))
        {
            var original = SamplePdfs.Of(name);
            for (var i = 0; i < 1500; i++)
            {
                var mutant = (byte[])original.Clone();
                for (var n = random.Next(1, 6); n > 0; n--)
                    mutant[random.Next(5, mutant.Length)] = (byte)random.Next(256);
                try
                {
                    var file = PdfFile.Open(mutant);
                    file.FirstPage();
                    SignatureFields.Find(file);
                    foreach (var number in file.Places.Keys)
                        file.Get(number);
                }
                catch (PdfException)
                {
                    // The only exception that may leave the reader.
                }
            }
        }
    }
}
