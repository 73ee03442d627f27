using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Small files that want much time or memory.</summary>
internal static class Bombs
{
    /// <summary>An object stream of a few kilobytes that inflates to 200 MB.</summary>
    public static byte[] ObjectStream() => WithContainer(Pack(200 * 1024 * 1024, "4 0 "), count: 1, first: 4, entries: 1);

    /// <summary>100,000 names for one object of a megabyte in an object stream: each reading costs the megabyte.</summary>
    public static byte[] SharedObject()
    {
        var header = string.Concat(Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i + 10} 0 ")));
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(Encoding.ASCII.GetBytes(header));
            zlib.Write(Encoding.ASCII.GetBytes("[" + string.Concat(Enumerable.Repeat("0 ", 500_000)) + "]"));
        }

        return WithContainer(packed.ToArray(), 20_000, header.Length, 20_000);
    }

    /// <summary>Strings that hold the objects behind them: object n costs everything from n on.</summary>
    public static byte[] Entangled()
    {
        const int Count = 20_000;
        var (text, offsets) = (new StringBuilder("%PDF-1.7\n"), new List<int>());
        foreach (var body in new[] { "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>" })
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        for (var i = 0; i < Count; i++)
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj (");
        }

        text.Insert(text.Length, string.Concat(Enumerable.Repeat(")endobj ", Count)));
        var start = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(o => text.Append(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n"));
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {offsets.Count + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Pack(int zeros, string before)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(Encoding.ASCII.GetBytes(before));
            var block = new byte[1024 * 1024];
            Array.Fill(block, (byte)' ');
            for (var i = 0; i < zeros / block.Length; i++)
                zlib.Write(block);
        }

        return packed.ToArray();
    }

    // Page 3 lies outside; object 4 is the container, 5 the cross-references; objects 10… lie in the container, and the catalog names the first.
    private static byte[] WithContainer(byte[] packed, int count, int first, int entries)
    {
        using var file = new MemoryStream();
        var offsets = new List<long>();
        void Text(string text) => file.Write(Encoding.ASCII.GetBytes(text));
        void Object(string body)
        {
            offsets.Add(file.Position);
            Text(string.Create(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n"));
        }

        Text("%PDF-1.7\n");
        Object("<</Type/Catalog/Pages 2 0 R/AcroForm 10 0 R>>");
        Object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
        Object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>");
        offsets.Add(file.Position);
        Text(string.Create(CultureInfo.InvariantCulture, $"4 0 obj\n<</Type/ObjStm/N {count}/First {first}/Filter/FlateDecode/Length {packed.Length}>>\nstream\n"));
        file.Write(packed);
        Text("\nendstream\nendobj\n");
        var start = file.Position;
        using var rows = new MemoryStream();
        void Row(int type, long second, int third) => rows.Write([(byte)type, (byte)(second >> 24), (byte)(second >> 16), (byte)(second >> 8), (byte)second,
            (byte)(third >> 8), (byte)third]);
        Row(0, 0, 0);
        foreach (var offset in offsets)
            Row(1, offset, 0);
        for (var i = 0; i < entries; i++)
            Row(2, 4, i);
        Text(string.Create(CultureInfo.InvariantCulture,
            $"5 0 obj\n<</Type/XRef/W[1 4 2]/Index[0 5 10 {entries}]/Size {entries + 10}/Root 1 0 R/Length {rows.Length}>>\nstream\n"));
        file.Write(rows.ToArray());
        Text(string.Create(CultureInfo.InvariantCulture, $"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n"));
        return file.ToArray();
    }
}
