using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace HaLong.Papers.Pdf;

/// <summary>
/// Noto Sans, reduced to Latin with Vietnamese: how wide its letters are, and how a PDF names them. Composed Vietnamese needs no shaping: one
/// letter, one glyph.
/// </summary>
internal sealed class PdfFont
{
    public static readonly PdfFont Regular = new("F1", "NotoSans-Regular"), Bold = new("F2", "NotoSans-Bold");

    /// <summary>Stands for what the font has no letter for.</summary>
    private const char Missing = '\uFFFD';

    private readonly FrozenDictionary<char, (ushort Glyph, int Width)> letters;

    private PdfFont(string key, string name)
    {
        using var stream = typeof(PdfFont).Assembly.GetManifestResourceStream($"Fonts.{name}.ttf")
            ?? throw new InvalidOperationException($"The embedded font {name} is missing.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        (Key, Name, File) = (key, "HALONG+" + name, copy.ToArray());
        Packed = PdfObjects.Pack(File);
        using var data = SKData.CreateCopy(File);
        using var typeface = SKTypeface.FromData(data);
        using var font = new SKFont(typeface, 1000) { Hinting = SKFontHinting.None, LinearMetrics = true };
        Metrics = font.Metrics;
        letters = Enumerable.Range(' ', Missing - ' ' + 1).Select(c => (Letter: (char)c, Glyph: typeface.GetGlyph(c))).Where(l => l.Glyph != 0)
            .ToFrozenDictionary(l => l.Letter, l => (l.Glyph, (int)Math.Round(font.GetGlyphWidths([l.Glyph])[0])));
    }

    /// <summary>Name in the resources of a page.</summary>
    public string Key { get; }

    /// <summary>Name of the font; six letters before the plus mark a subset.</summary>
    public string Name { get; }

    public byte[] File { get; }

    /// <summary>The file as it lies in papers.</summary>
    public byte[] Packed { get; }

    /// <summary>Of a letter of 1000 units.</summary>
    public SKFontMetrics Metrics { get; }

    public (ushort Glyph, int Width) this[char letter] => letters[letter];

    /// <summary>Width of a cleaned text.</summary>
    public float Measure(ReadOnlySpan<char> text, float size)
    {
        var units = 0;
        foreach (var letter in text)
            units += letters[letter].Width;
        return units * size / 1000;
    }

    /// <summary>
    /// What can be printed of a text: composed letters, plain spaces, line breaks as \n; nothing invisible that turns the direction or hides
    /// something, and a mark for letters that the font lacks.
    /// </summary>
    public static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            kept.Append(Rune.GetUnicodeCategory(rune) switch
            {
                _ when rune.Value == '\n' => "\n",
                _ when rune.Value == '\t' => " ",
                UnicodeCategory.SpaceSeparator => " ",
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate => "",
                _ => rune.ToString(),
            });
        var cleaned = new StringBuilder(kept.Length);
        foreach (var rune in kept.ToString().Normalize(NormalizationForm.FormC).EnumerateRunes())
            cleaned.Append(rune.Value == '\n' || (rune.IsBmp && Regular.letters.ContainsKey((char)rune.Value)) ? (char)rune.Value : Missing);
        return cleaned.ToString();
    }
}
