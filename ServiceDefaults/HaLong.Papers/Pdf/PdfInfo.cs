using System.Globalization;
using System.Security;
using System.Text;

namespace HaLong.Papers.Pdf;

/// <summary>What a file says of itself, in both places where PDF/A wants it.</summary>
internal sealed record PdfInfo(string Title, string Author, DateTimeOffset At)
{
    private const string Maker = "HaLongServices";

    /// <summary>In which it is read aloud.</summary>
    public string Language { get; init; } = PdfSheet.Vietnamese;

    public string Dictionary()
    {
        var date = $"(D:{At.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z)";
        return $"<</Title {PdfObjects.Text(Title)}/Author {PdfObjects.Text(Author)}/Creator({Maker})/Producer({Maker})/CreationDate {date}/ModDate {date}>>";
    }

    /// <summary>XMP; names PDF/A-2, level A: tagged, with fonts, letters and colours that do not depend on the reader.</summary>
    public byte[] Xmp()
    {
        var at = At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
              xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(Title)}</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>{SecurityElement.Escape(Author)}</rdf:li></rdf:Seq></dc:creator>
            <xmp:CreatorTool>{Maker}</xmp:CreatorTool><pdf:Producer>{Maker}</pdf:Producer>
            <xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>
            """);
    }
}
