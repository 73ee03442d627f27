using System.Buffers;

namespace HaLong.Signatures.Pdf;

/// <summary>Where an object is: at an offset, or inside object stream <see cref="Container"/> (then Offset is its index there).</summary>
internal readonly record struct ObjectPlace(bool InUse, long Offset, int Generation, int Container = 0);

/// <summary>All cross-reference sections of a file, newest first: tables, streams and hybrids (ISO 32000-1 §7.5.4, 7.5.8).</summary>
internal sealed class CrossReferences
{
    // A revision per signature is normal, thousands are an attack on our time.
    private const int MaxSections = 1000;
    private const int MaxObjects = 8_388_607;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create("\0\t\n\f\r "u8);

    private readonly Dictionary<int, ObjectPlace> places = [];
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly StreamDecoder decoder;

    private CrossReferences(ReadOnlyMemory<byte> bytes, StreamDecoder decoder)
    {
        (this.bytes, this.decoder) = (bytes, decoder);
        Start = FindStart(bytes.Span);
        var visited = new HashSet<long>();
        for (long? next = Start; next is { } offset;)
        {
            if (!visited.Add(offset) || visited.Count > MaxSections)
                throw PdfException.Malformed("The cross-reference sections form a circle.");
            var (trailer, isStream) = ReadSection(offset);
            if (offset == Start)
                (Trailer, UsesStreams) = (trailer, isStream);
            if (!isStream && trailer.Integer("XRefStm") is { } hybrid && visited.Add(hybrid))
                ReadSection(hybrid);
            next = trailer["Prev"] is null ? null : trailer.Integer("Prev") ?? throw PdfException.Malformed("Prev is no number.");
        }

        Trailer ??= new PdfDictionary(new Dictionary<string, PdfValue>());
    }

    public IReadOnlyDictionary<int, ObjectPlace> Places => places;

    /// <summary>Trailer of the newest section.</summary>
    public PdfDictionary Trailer { get; }

    /// <summary>Offset of the newest section.</summary>
    public long Start { get; }

    /// <summary>Whether the newest section is a stream; a revision we append takes the same form.</summary>
    public bool UsesStreams { get; }

    public static CrossReferences Read(ReadOnlyMemory<byte> bytes, StreamDecoder decoder) => new(bytes, decoder);

    private static long FindStart(ReadOnlySpan<byte> span)
    {
        var at = span.LastIndexOf("startxref"u8);
        if (at < 0)
            throw PdfException.Malformed("The file has no startxref: it is cut off.");
        var rest = span[at..];
        var end = rest.IndexOf("%%EOF"u8);
        if (end < 0)
            throw PdfException.Malformed("The file has no end mark: it is cut off.");
        // Bytes behind the end mark belong to no revision: a file cut off inside its newest one looks like this.
        if (rest[(end + 5)..].ContainsAnyExcept(Blanks))
            throw PdfException.Malformed("Something follows the end of the file.");
        return new PdfLexer(rest[9..end].ToArray()).ReadInteger();
    }

    private (PdfDictionary Trailer, bool IsStream) ReadSection(long offset)
    {
        if (offset < 0 || offset >= bytes.Length)
            throw PdfException.Malformed("A cross-reference section lies outside the file.");
        var lexer = new PdfLexer(bytes, (int)offset);
        if (lexer.TryKeyword("xref"u8))
            return (ReadTable(lexer), false);
        var (_, value) = lexer.ReadIndirect(length => (length as PdfNumber)?.Integer);
        if (value is not PdfStream stream || stream.Dictionary.Name("Type") != "XRef")
            throw PdfException.Malformed("startxref does not lead to a cross-reference section.");
        ReadStream(stream);
        return (stream.Dictionary, true);
    }

    private PdfDictionary ReadTable(PdfLexer lexer)
    {
        while (!lexer.TryKeyword("trailer"u8))
        {
            var first = lexer.ReadInteger();
            var count = lexer.ReadInteger();
            if (first + count > MaxObjects)
                throw PdfException.Malformed("Too many objects.");
            for (var number = first; number < first + count; number++)
            {
                var offset = lexer.ReadInteger();
                var generation = lexer.ReadInteger();
                var inUse = lexer.TryKeyword("n"u8);
                if (!inUse)
                    lexer.Expect("f"u8);
                Add((int)number, new ObjectPlace(inUse, inUse ? offset : 0, (int)Math.Min(generation, ushort.MaxValue)));
            }
        }

        return lexer.ReadValue() as PdfDictionary ?? throw PdfException.Malformed("The trailer is no dictionary.");
    }

    private void ReadStream(PdfStream stream)
    {
        var widths = Integers(stream.Dictionary["W"]);
        if (widths is not { Count: 3 } || widths.Any(w => w is < 0 or > 8) || widths.Sum() == 0)
            throw PdfException.Malformed("The widths of a cross-reference stream are wrong.");
        var size = stream.Dictionary.Integer("Size") ?? throw PdfException.Malformed("A cross-reference stream has no size.");
        var index = stream.Dictionary["Index"] is { } written ? Integers(written) : [0, size];
        if (index is null || index.Count % 2 != 0)
            throw PdfException.Malformed("The index of a cross-reference stream is wrong.");

        var rows = decoder.Decode(bytes, stream).AsSpan();
        for (var pair = 0; pair < index.Count; pair += 2)
        {
            var (first, count) = (index[pair], index[pair + 1]);
            if (first < 0 || count < 0 || first + count > MaxObjects)
                throw PdfException.Malformed("Too many objects.");
            for (var number = first; number < first + count; number++)
            {
                var type = widths[0] == 0 ? 1 : Field(ref rows, (int)widths[0]);
                var second = Field(ref rows, (int)widths[1]);
                var third = Field(ref rows, (int)widths[2]);
                Add((int)number, type switch
                {
                    1 => new ObjectPlace(true, second, (int)Math.Min(third, ushort.MaxValue)),
                    2 when second is > 0 and <= MaxObjects && third <= MaxObjects => new ObjectPlace(true, third, 0, (int)second),
                    _ => new ObjectPlace(false, 0, 0),
                });
            }
        }
    }

    // Sections are read newest first: the first word about an object is the last one written.
    private void Add(int number, ObjectPlace place) => places.TryAdd(number, place);

    private static long Field(ref Span<byte> rows, int width)
    {
        if (width > rows.Length)
            throw PdfException.Malformed("A cross-reference stream is too short.");
        ulong value = 0;
        foreach (var b in rows[..width])
            value = (value << 8) | b;
        rows = rows[width..];
        return value <= long.MaxValue ? (long)value : throw PdfException.Malformed("A cross-reference is out of range.");
    }

    private static List<long>? Integers(PdfValue? value)
    {
        if (value is not PdfArray array)
            return null;
        var numbers = array.Items.Select(item => (item as PdfNumber)?.Integer).ToList();
        return numbers.TrueForAll(n => n is not null) ? numbers.ConvertAll(n => n.GetValueOrDefault()) : null;
    }
}
