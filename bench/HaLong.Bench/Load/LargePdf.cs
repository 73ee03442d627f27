using System.Globalization;
using System.Text;

namespace HaLong.Bench.Load;

/// <summary>A page with one picture: as large as wanted.</summary>
internal static class LargePdf
{
    /// <param name="bytes">Of the picture; the file is some hundred bytes more.</param>
    public static byte[] Of(int bytes)
    {
        using var file = new MemoryStream(bytes + 1024);
        var offsets = new List<long>();
        Text("%PDF-1.7\n");
        Begin("<</Type/Catalog/Pages 2 0 R>>");
        Text("\nendobj\n");
        Begin("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        Text("\nendobj\n");
        Begin("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>>>");
        Text("\nendobj\n");
        Begin(string.Create(CultureInfo.InvariantCulture, $"<</Type/XObject/Subtype/Image/Width 1/Height 1/Length {bytes}>>\nstream\n"));
        var picture = new byte[bytes];
        new Random(7).NextBytes(picture);
        file.Write(picture);
        Text("\nendstream\nendobj\n");
        var start = file.Position;
        Text("xref\n0 5\n0000000000 65535 f \n");
        offsets.ForEach(o => Text(string.Create(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n")));
        Text(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
        return file.ToArray();

        void Text(string text) => file.Write(Encoding.ASCII.GetBytes(text));

        void Begin(string body)
        {
            offsets.Add(file.Position);
            Text(string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}"));
        }
    }
}
