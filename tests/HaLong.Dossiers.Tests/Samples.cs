using System.Text;

namespace HaLong.Dossiers.Tests;

/// <summary>Small real files.</summary>
internal static class Samples
{
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    /// <summary>A one-page PDF with a line of text; other text, other bytes.</summary>
    public static byte[] Pdf(string text = "Don dang ky", int padding = 0) =>
        PdfOf("BT /F1 14 Tf 20 150 Td (Don dang ky) Tj ET", comment: text + new string(' ', padding));

    /// <summary>A one-page PDF with this content; <paramref name="catalogue"/> and <paramref name="more"/> add entries and objects from number 6.</summary>
    public static byte[] PdfOf(string content, string catalogue = "", string comment = "", string contentDictionary = "", params byte[][] more)
    {
        var stream = Encoding.Latin1.GetBytes(content);
        byte[][] objects =
        [
            Ascii($"<</Type/Catalog/Pages 2 0 R {catalogue}>>"),
            Ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
            Ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</Im 6 0 R>>>>>>"),
            [.. Ascii($"<</Length {stream.Length}{contentDictionary}>>stream\n"), .. stream, .. Ascii("\nendstream")],
            Ascii("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
            .. more,
        ];
        using var file = new MemoryStream();
        file.Write(Ascii($"%PDF-1.7\n%{comment}\n"));
        var offsets = new List<long>();
        foreach (var (index, body) in objects.Index())
        {
            offsets.Add(file.Position);
            file.Write([.. Ascii($"{index + 1} 0 obj\n"), .. body, .. Ascii("\nendobj\n")]);
        }
        var xref = file.Position;
        file.Write(Ascii($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => $"{o:D10} 00000 n \n"))}"));
        file.Write(Ascii($"trailer\n<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n"));
        return file.ToArray();
    }

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
