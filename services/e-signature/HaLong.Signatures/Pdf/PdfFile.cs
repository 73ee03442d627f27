namespace HaLong.Signatures.Pdf;

/// <summary>
/// A PDF file opened by its structure: cross-references, objects, page tree. Strict where others repair, because a repaired file is
/// read differently by different programs, and a signature must mean the same to all of them.
/// </summary>
internal sealed class PdfFile
{
    private const int MaxReferences = 32;
    private const int MaxContainers = 256;
    private const long LeastWork = 64 * 1024 * 1024;
    private const int WorkPerByte = 8;

    private readonly StreamDecoder decoder = new();
    private readonly CrossReferences references;
    private readonly Dictionary<int, (byte[] Data, int First, int[] Offsets, int[] Numbers)> containers = [];

    // Objects can lie inside each other, and a thousand entries name the same megabyte: what is read in all is bounded, not only the file.
    private long work;

    private PdfFile(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        work = LeastWork + ((long)bytes.Length * WorkPerByte);
        if (!LooksLikePdf(bytes.Span))
            throw new PdfException(PdfFault.NotPdf, "The file does not begin as a PDF.");
        references = CrossReferences.Read(bytes, decoder);
        if (Trailer["Encrypt"] is not (null or PdfNull))
            throw new PdfException(PdfFault.Encrypted, "The file is encrypted.");
        Root = Trailer["Root"] as PdfReference ?? throw PdfException.Malformed("The trailer names no catalog.");
        Catalog = Dictionary(Root) ?? throw PdfException.Malformed("The catalog is missing.");
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public PdfDictionary Trailer => references.Trailer;

    public IReadOnlyDictionary<int, ObjectPlace> Places => references.Places;

    public long Start => references.Start;

    public bool UsesStreams => references.UsesStreams;

    public PdfReference Root { get; }

    public PdfDictionary Catalog { get; }

    /// <summary>First object number that nobody uses; a Size that lies must not make us overwrite an object.</summary>
    public int NextNumber => (int)Math.Max(Math.Min(Trailer.Integer("Size") ?? 0, int.MaxValue / 2),
        Places.Keys.DefaultIfEmpty(0).Max() + 1);

    public static PdfFile Open(ReadOnlyMemory<byte> bytes) => new(bytes);

    public static bool LooksLikePdf(ReadOnlySpan<byte> start) => start.StartsWith("%PDF-"u8);

    /// <summary>Follows references until something that is none; a reference to nothing is null, as the standard wants.</summary>
    public PdfValue Resolve(PdfValue? value)
    {
        for (var i = 0; i < MaxReferences; i++)
        {
            if (value is not PdfReference reference)
                return value ?? PdfNull.Instance;
            value = Get(reference.Number);
        }

        throw PdfException.Malformed("References form a circle.");
    }

    public PdfDictionary? Dictionary(PdfValue? value) => Resolve(value) as PdfDictionary;

    public PdfArray? Array(PdfValue? value) => Resolve(value) as PdfArray;

    public PdfValue Get(int number)
    {
        if (!Places.TryGetValue(number, out var place) || !place.InUse)
            return PdfNull.Instance;
        if (place.Container != 0)
            return FromContainer(number, place);
        if (place.Offset <= 0 || place.Offset >= Bytes.Length)
            throw PdfException.Malformed($"Object {number} lies outside the file.");
        var lexer = new PdfLexer(Bytes, (int)place.Offset);
        var (id, value) = lexer.ReadIndirect(LengthOf);
        // The bytes of a stream are passed over, not read.
        Spend(lexer.Position - place.Offset - ((value as PdfStream)?.Length ?? 0));
        if (id.Number != number)
            throw PdfException.Malformed($"Object {number} is not where the cross-reference says.");
        return value;
    }

    /// <summary>The leftmost leaf of the page tree.</summary>
    public (PdfReference Reference, PdfDictionary Page) FirstPage()
    {
        var visited = new HashSet<int>();
        PdfValue? node = Catalog["Pages"];
        while (node is PdfReference reference && visited.Add(reference.Number))
        {
            var dictionary = Dictionary(reference) ?? throw PdfException.Malformed("The page tree is broken.");
            if (dictionary["Kids"] is null)
                return (reference, dictionary);
            // An empty branch before the first page is legal but not met; a file without pages cannot carry a signature field.
            node = Array(dictionary["Kids"])?.Items is [var first, ..] ? first : null;
        }

        throw PdfException.Malformed("The file has no page.");
    }

    /// <summary>Content of a stream.</summary>
    public byte[] Decode(PdfStream stream) => decoder.Decode(Bytes, stream);

    /// <summary>Bytes of a stream as written, for comparison.</summary>
    public ReadOnlyMemory<byte> Raw(PdfStream stream) => Bytes.Slice(stream.Start, stream.Length);

    // A length may be a reference, but only to a plain object: one inside an object stream could need itself.
    private long? LengthOf(PdfValue? length) => length switch
    {
        PdfNumber number => number.Integer,
        PdfReference reference when Places.TryGetValue(reference.Number, out var place) && place is { InUse: true, Container: 0 }
            && place.Offset > 0 && place.Offset < Bytes.Length
            => (new PdfLexer(Bytes, (int)place.Offset).ReadIndirect(_ => null).Value as PdfNumber)?.Integer,
        _ => null,
    };

    private PdfValue FromContainer(int number, ObjectPlace place)
    {
        if (!containers.TryGetValue(place.Container, out var container))
            containers[place.Container] = container = OpenContainer(place.Container);
        if (place.Offset >= container.Numbers.Length || container.Numbers[place.Offset] != number)
            throw PdfException.Malformed($"Object {number} is not in its object stream.");
        var start = container.First + container.Offsets[place.Offset];
        var lexer = new PdfLexer(container.Data, start);
        // String offsets inside a container mean nothing in the file: -1 keeps them from being taken for file offsets.
        var value = Unplaced(lexer.ReadValue());
        Spend(lexer.Position - start);
        return value;
    }

    private void Spend(long bytes)
    {
        work -= bytes;
        if (work < 0)
            throw PdfException.Malformed("The objects of the file are too entangled.");
    }

    private (byte[] Data, int First, int[] Offsets, int[] Numbers) OpenContainer(int number)
    {
        if (containers.Count >= MaxContainers && Bytes.Length < MaxContainers * 1024)
            throw PdfException.Malformed("Too many object streams for so small a file.");
        if (!Places.TryGetValue(number, out var place) || place is not { InUse: true, Container: 0 } || Get(number) is not PdfStream stream
            || stream.Dictionary.Name("Type") != "ObjStm")
            throw PdfException.Malformed($"Object stream {number} is missing.");
        var data = decoder.Decode(Bytes, stream);
        var count = stream.Dictionary.Integer("N") ?? -1;
        var first = stream.Dictionary.Integer("First") ?? -1;
        if (count < 0 || count > data.Length || first < 0 || first > data.Length)
            throw PdfException.Malformed($"Object stream {number} has no sensible header.");
        var header = new PdfLexer(data);
        var (numbers, offsets) = (new int[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            (numbers[i], offsets[i]) = ((int)Math.Min(header.ReadInteger(), int.MaxValue),
                (int)Math.Min(header.ReadInteger(), int.MaxValue));
            if (offsets[i] > data.Length - first)
                throw PdfException.Malformed($"Object stream {number} points outside itself.");
        }

        return (data, (int)first, offsets, numbers);
    }

    private static PdfValue Unplaced(PdfValue value) => value switch
    {
        PdfString text => text with { Start = -1, End = -1 },
        PdfArray array => new PdfArray([.. array.Items.Select(Unplaced)]),
        PdfDictionary dictionary => new PdfDictionary(dictionary.Entries.ToDictionary(e => e.Key, e => Unplaced(e.Value),
            StringComparer.Ordinal)),
        _ => value,
    };
}
