using System.Globalization;
using System.Security.Cryptography;

namespace HaLong.Signatures.Pdf;

/// <summary>
/// Appends objects to a file as one more revision (ISO 32000-1 §7.5.6). The original is read, never copied: memory is that of what is added.
/// </summary>
internal sealed class RevisionWriter : IDisposable
{
    private readonly MemoryStream revision = new();
    private readonly SortedDictionary<int, (long Offset, int Generation)> written = [];
    private int next;

    public RevisionWriter(PdfFile file)
    {
        File = file;
        next = file.NextNumber;
        if (file.Bytes.Span[^1] is not (10 or 13))
            revision.WriteByte(10);
    }

    /// <summary>The file before the revision.</summary>
    public PdfFile File { get; }

    /// <summary>How much was written.</summary>
    public int Position => (int)revision.Position;

    /// <summary>A number for an object that is written later.</summary>
    public PdfReference Reserve() => new(next++, 0);

    /// <summary>Replaces an object, or writes a reserved one.</summary>
    public void Write(PdfReference id, PdfValue value) => Write(id, target => PdfWriter.Write(target, value));

    public PdfReference Add(PdfValue value)
    {
        var id = Reserve();
        Write(id, value);
        return id;
    }

    /// <param name="content">The bytes as they lie in the file.</param>
    /// <param name="dictionary">Of the stream, without its length.</param>
    public PdfReference AddStream(byte[] content, PdfDictionary? dictionary = null)
    {
        var id = Reserve();
        Write(id, target =>
        {
            PdfWriter.Write(target, (dictionary ?? Dictionary()).With("Length", PdfWriter.Number(content.Length)));
            PdfWriter.WriteAscii(target, "\nstream\n");
            target.Write(content);
            PdfWriter.WriteAscii(target, "\nendstream");
        });
        return id;
    }

    /// <summary>An object as text; gives its number.</summary>
    public int AddText(string body)
    {
        var id = Reserve();
        Write(id, target => PdfWriter.WriteAscii(target, body));
        return id.Number;
    }

    /// <summary>A stream of compressed bytes with the entries given as text; gives its number.</summary>
    public int AddPacked(string entries, byte[] packed) =>
        AddStream(packed, ((PdfDictionary)Parse($"<<{entries}>>")).With("Filter", new PdfName("FlateDecode"))).Number;

    /// <summary>A value as text.</summary>
    public static PdfValue Parse(string text) => new PdfLexer(System.Text.Encoding.ASCII.GetBytes(text)).ReadValue();

    /// <summary>An object that the caller writes himself.</summary>
    public void Write(PdfReference id, Action<Stream> body)
    {
        written[id.Number] = (File.Bytes.Length + revision.Position, id.Generation);
        PdfWriter.WriteAscii(revision, string.Create(CultureInfo.InvariantCulture, $"{id.Number} {id.Generation} obj\n"));
        body(revision);
        PdfWriter.WriteAscii(revision, "\nendobj\n");
    }

    /// <summary>Ends the revision with cross-references in the form that the file uses; gives all that is to be appended.</summary>
    public byte[] Finish()
    {
        var start = File.Bytes.Length + revision.Position;
        var trailer = new Dictionary<string, PdfValue>(StringComparer.Ordinal)
        {
            ["Root"] = File.Root,
            ["ID"] = Identifier(),
            ["Prev"] = PdfWriter.Number(File.Start),
        };
        if (File.Trailer["Info"] is PdfReference info)
            trailer["Info"] = info;
        if (File.UsesStreams)
            CrossReferenceWriter.WriteStream(revision, written, trailer, next, start);
        else
            CrossReferenceWriter.WriteTable(revision, written, trailer, next);
        PdfWriter.WriteAscii(revision, string.Create(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n"));
        return revision.ToArray();
    }

    public void Dispose() => revision.Dispose();

    public static PdfDictionary Dictionary(params ReadOnlySpan<(string Key, PdfValue Value)> entries)
    {
        var dictionary = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
            dictionary.Add(key, value);
        return new PdfDictionary(dictionary);
    }

    /// <summary>The first half names the document and stays; the second names this revision.</summary>
    private PdfArray Identifier()
    {
        var fresh = new PdfString(SHA256.HashData(revision.GetBuffer().AsSpan(0, Position))[..16], -1, -1, IsHex: true);
        return new PdfArray([File.Array(File.Trailer["ID"])?.Items is [PdfString first, ..] ? first : fresh, fresh]);
    }
}
