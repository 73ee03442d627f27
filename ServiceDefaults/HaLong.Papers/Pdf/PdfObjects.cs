using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Papers.Pdf;

/// <summary>The objects of a PDF file, written one after the other, and the table that says where they are. The same objects give the same bytes.</summary>
internal sealed class PdfObjects
{
    private readonly ArrayBufferWriter<byte> file = new();
    private readonly List<int> offsets = [];

    public PdfObjects() => Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        offsets.Add(0);
        return offsets.Count;
    }

    public int Add(string body) => Put(Reserve(), body);

    public int Put(int id, string body)
    {
        offsets[id - 1] = file.WrittenCount;
        Write($"{id} 0 obj\n{body}\nendobj\n");
        return id;
    }

    /// <param name="entries">Of the dictionary, without its length.</param>
    /// <param name="content">The bytes as they are.</param>
    /// <param name="packed">Compressed; what searchers read without a PDF program stays plain.</param>
    public int AddStream(string entries, byte[] content, bool packed = true) => Stream(entries, packed ? Pack(content) : content, packed);

    /// <summary>The same of bytes that <see cref="Pack"/> has compressed before: what is in every paper is compressed once.</summary>
    public int AddPacked(string entries, byte[] packed) => Stream(entries, packed, packed: true);

    private int Stream(string entries, byte[] bytes, bool packed)
    {
        var id = Reserve();
        offsets[id - 1] = file.WrittenCount;
        Write($"{id} 0 obj\n<<{entries}{(packed ? "/Filter/FlateDecode" : "")}/Length {bytes.Length}>>\nstream\n");
        file.Write(bytes);
        Write("\nendstream\nendobj\n");
        return id;
    }

    public byte[] Finish(int catalogue, int info)
    {
        var id = Convert.ToHexString(SHA256.HashData(file.WrittenSpan)[..16]);
        var start = file.WrittenCount;
        Write($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            Write(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Write($"trailer\n<</Size {offsets.Count + 1}/Root {catalogue} 0 R/Info {info} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{start}\n%%EOF\n");
        return file.WrittenSpan.ToArray();
    }

    /// <summary>A text in a dictionary.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Number(float value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));

    public static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return packed.ToArray();
    }
}
