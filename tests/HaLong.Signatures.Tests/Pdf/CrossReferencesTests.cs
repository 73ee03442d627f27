using System.Globalization;
using System.Text;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Validation;

namespace HaLong.Signatures.Tests.Pdf;

public sealed class CrossReferencesTests
{
    /// <summary>A file with a table for old programs and a stream for new ones: objects 6 stands only in the stream.</summary>
    internal static byte[] Hybrid()
    {
        var text = new StringBuilder(Encoding.Latin1.GetString(SamplePdfs.Table()));
        var end = text.ToString().LastIndexOf("xref\n0", StringComparison.Ordinal);
        var (table, hidden) = (text.ToString()[end..], end);
        text.Length = end;
        text.Append("6 0 obj\n(hidden)\nendobj\n");
        var stream = text.Length;
        var row = string.Create(CultureInfo.InvariantCulture, $"\u0001{(char)(hidden >> 8)}{(char)(hidden & 255)}\0");
        text.Append("7 0 obj\n<</Type/XRef/W[1 2 1]/Index[6 1]/Size 8/Length 4>>\nstream\n").Append(row).Append("\nendstream\nendobj\n");
        var start = text.Length;
        text.Append(table[..table.IndexOf("trailer", StringComparison.Ordinal)]);
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size 8/Root 1 0 R/XRefStm {stream}>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    [Fact]
    public void A_hybrid_file_shows_the_objects_of_both_sections_and_can_be_signed()
    {
        var hybrid = Hybrid();
        Assert.Equal("hidden", SignatureFields.TextOf(PdfFile.Open(hybrid).Get(6)));

        var signed = SignatureRevisionTests.Sign(hybrid);
        using var judge = new Judge();
        judge.PdfSig(signed, TestPki.Default.Root.ExportCertificatePem()).SaysValid();
        Assert.Equal("hidden", SignatureFields.TextOf(PdfFile.Open(signed).Get(6)));
    }

    [Fact]
    public void The_newest_word_about_an_object_counts()
    {
        var appended = SamplePdfs.Append(SamplePdfs.Append(SamplePdfs.Table(), (6, "(one)")), (6, "(two)"));
        Assert.Equal("two", SignatureFields.TextOf(PdfFile.Open(appended).Get(6)));
    }

    [Fact]
    public void An_object_that_is_free_or_unknown_is_null()
    {
        var file = PdfFile.Open(SamplePdfs.Table());
        Assert.IsType<PdfNull>(file.Get(0));
        Assert.IsType<PdfNull>(file.Get(99));
        Assert.IsType<PdfNull>(file.Resolve(new PdfReference(99, 0)));
    }

    [Fact]
    public void A_new_object_never_takes_a_number_in_use_whatever_the_size_says()
    {
        Assert.Equal(6, PdfFile.Open(SamplePdfs.Table()).NextNumber);
        Assert.Equal(6, PdfFile.Open(SamplePdfs.Of("size-that-lies")).NextNumber);
        Assert.Equal(600, PdfFile.Open(SamplePdfs.Replace(SamplePdfs.Table(), "/Size 6", "/Size 600")).NextNumber);
    }

    [Theory]
    [InlineData("/W[1 2 1]", "/W[1 9 1]")]
    [InlineData("/W[1 2 1]", "/W[0 0 0]")]
    [InlineData("/W[1 2 1]", "/W[1 2]  ")]
    [InlineData("/W[1 2 1]", "/W[1 2 9]")]
    [InlineData("/Index[6 1]", "/Index[6]  ")]
    [InlineData("/Index[6 1]", "/Index[6 9]")]
    [InlineData("/Index[6 1]", "/Index(6 1)")]
    [InlineData("/Type/XRef", "/Type/XXXX")]
    [InlineData("/Length 4>>", "/Length 6>>")]
    [InlineData("/Length 4>>", "/Length 9 0 R>>")]
    public void A_broken_cross_reference_stream_is_malformed(string what, string with) =>
        Assert.Equal(PdfFault.Malformed, Assert.Throws<PdfException>(() => PdfFile.Open(SamplePdfs.Replace(Hybrid(), what, with))).Fault);

    [Fact]
    public void A_changed_hybrid_is_noticed()
    {
        var signed = SignatureRevisionTests.Sign(Hybrid());
        var report = PdfValidator.Validate(SamplePdfs.Append(signed, (6, "(shown)")), TestPki.Default.Trust,
            TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal([HaLong.Signatures.Domain.Reasons.ChangedAfterSigning], report.Signatures.Single().Reasons);
    }
}

public sealed class StreamDecoderTests
{
    private static byte[] Decode(byte[] raw, string dictionary)
    {
        var parsed = Assert.IsType<PdfDictionary>(new PdfLexer(Encoding.Latin1.GetBytes(dictionary)).ReadValue());
        return new StreamDecoder().Decode(raw, new PdfStream(parsed, 0, raw.Length));
    }

    private static byte[] Deflate(params byte[] data)
    {
        using var output = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(output, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        return output.ToArray();
    }

    [Fact]
    public void Streams_without_filter_are_taken_as_they_are() => Assert.Equal([1, 2, 3], Decode([1, 2, 3], "<<>>"));

    [Theory]
    [InlineData(0, new byte[] { 1, 2, 3 })]
    [InlineData(1, new byte[] { 1, 3, 6 })]
    [InlineData(2, new byte[] { 11, 22, 33 })]
    [InlineData(3, new byte[] { 6, 15, 25 })]
    [InlineData(4, new byte[] { 11, 22, 33 })]
    public void Png_predictors_are_undone(byte filter, byte[] second)
    {
        var decoded = Decode(Deflate(0, 10, 20, 30, filter, 1, 2, 3), "<</Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 3>>>>");
        Assert.Equal([10, 20, 30, .. second], decoded);
    }

    [Theory]
    [InlineData("<</Filter/LZWDecode>>")]
    [InlineData("<</Filter[/ASCIIHexDecode/FlateDecode]>>")]
    [InlineData("<</Filter/FlateDecode/DecodeParms<</Predictor 2>>>>")]
    [InlineData("<</Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 0>>>>")]
    [InlineData("<</Filter/FlateDecode/DecodeParms<</Predictor 12/BitsPerComponent 4>>>>")]
    public void Other_filters_are_refused(string dictionary) => Assert.Throws<PdfException>(() => Decode(Deflate(0, 1), dictionary));

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4 })]
    // Asks for a dictionary of its own.
    [InlineData(new byte[] { 0x78, 0xBB, 0, 0, 0, 1, 2, 3, 4 })]
    public void Bytes_that_do_not_inflate_are_refused(byte[] bytes) => Assert.Throws<PdfException>(() => Decode(bytes, "<</Filter/FlateDecode>>"));

    [Fact]
    public void An_array_with_one_filter_is_that_filter() =>
        Assert.Equal([7], Decode(Deflate(7), "<</Filter[/FlateDecode]/DecodeParms[null]>>"));
}
