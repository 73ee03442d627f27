using System.Globalization;
using System.Text;

namespace HaLong.Papers.Pdf;

/// <summary>Embeds a font: the file, widths of the letters used, and which letter each glyph is, so that text can be copied and read aloud.</summary>
internal static class PdfFontWriter
{
    public static int Write(PdfObjects objects, PdfFont font, IReadOnlyCollection<char> used) => Write(objects.Add, objects.AddPacked, font, used);

    /// <param name="add">Writes an object, gives its number.</param>
    /// <param name="addPacked">Writes a stream of compressed bytes with these entries, gives its number.</param>
    /// <param name="font">The font.</param>
    /// <param name="used">Its letters that are used.</param>
    public static int Write(Func<string, int> add, Func<string, byte[], int> addPacked, PdfFont font, IReadOnlyCollection<char> used)
    {
        var metrics = font.Metrics;
        var file = addPacked($"/Length1 {font.File.Length}", font.Packed);
        var descriptor = add(
            $"<</Type/FontDescriptor/FontName/{font.Name}/Flags 4/FontBBox[{Units(metrics.XMin)} {Units(-metrics.Bottom)} {Units(metrics.XMax)} {Units(-metrics.Top)}]"
            + $"/ItalicAngle 0/Ascent {Units(-metrics.Ascent)}/Descent {Units(-metrics.Descent)}/CapHeight {Units(metrics.CapHeight)}/StemV {StemOf(font)}/FontFile2 {file} 0 R>>");
        var widths = string.Join(' ', used.Select(c => font[c]).DistinctBy(g => g.Glyph).OrderBy(g => g.Glyph).Select(g => $"{g.Glyph}[{g.Width}]"));
        var letters = add(
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{font.Name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            + $"/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 600/W[{widths}]>>");
        var meaning = addPacked("", PdfObjects.Pack(Encoding.ASCII.GetBytes(ToUnicode(font, used))));
        return add($"<</Type/Font/Subtype/Type0/BaseFont/{font.Name}/Encoding/Identity-H/DescendantFonts[{letters} 0 R]/ToUnicode {meaning} 0 R>>");
    }

    /// <summary>A text as glyph numbers.</summary>
    public static string Encode(PdfFont font, string text) => string.Concat(text.Select(c => font[c].Glyph.ToString("X4", CultureInfo.InvariantCulture)));

    private static string ToUnicode(PdfFont font, IReadOnlyCollection<char> used)
    {
        var map = new StringBuilder("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n")
            .Append("/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n");
        // At most a hundred at a time.
        foreach (var part in used.OrderBy(c => c).DistinctBy(c => font[c].Glyph).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var letter in part)
                map.Append(CultureInfo.InvariantCulture, $"<{font[letter].Glyph:X4}><{(int)letter:X4}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap CMapName currentdict/CMap defineresource pop end end").ToString();
    }

    private static int StemOf(PdfFont font) => font == PdfFont.Bold ? 140 : 80;

    private static int Units(float value) => (int)Math.Round(value);
}
