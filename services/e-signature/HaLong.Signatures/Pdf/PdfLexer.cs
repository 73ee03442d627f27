using System.Buffers;
using System.Globalization;
using System.Text;

namespace HaLong.Signatures.Pdf;

/// <summary>Reads PDF objects from bytes. Strict, bounded in depth, and raises nothing but <see cref="PdfException"/>.</summary>
internal sealed class PdfLexer(ReadOnlyMemory<byte> data, int position = 0)
{
    // Deeper nesting does not occur in real files; without a bound a hostile one overflows the stack.
    private const int MaxDepth = 100;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-."u8);

    public int Position { get; private set; } = position;

    private ReadOnlySpan<byte> Span => data.Span;

    public static bool IsWhitespace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    public static bool IsDelimiter(byte b) =>
        b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    public static bool IsRegular(byte b) => !IsWhitespace(b) && !IsDelimiter(b);

    public void SkipWhitespace()
    {
        var span = Span;
        while (Position < span.Length)
        {
            if (IsWhitespace(span[Position]))
                Position++;
            else if (span[Position] == '%')
                while (Position < span.Length && span[Position] is not (10 or 13))
                    Position++;
            else
                return;
        }
    }

    public bool TryKeyword(ReadOnlySpan<byte> keyword)
    {
        SkipWhitespace();
        var rest = Span[Position..];
        if (!rest.StartsWith(keyword) || (rest.Length > keyword.Length && IsRegular(rest[keyword.Length])))
            return false;
        Position += keyword.Length;
        return true;
    }

    public void Expect(ReadOnlySpan<byte> keyword)
    {
        if (!TryKeyword(keyword))
            throw PdfException.Malformed($"'{Encoding.ASCII.GetString(keyword)}' expected at {Position}.");
    }

    public long ReadInteger() =>
        TryInteger(out var number) ? number : throw PdfException.Malformed($"A number was expected at {Position}.");

    /// <summary>The header of an indirect object ("12 0 obj") and its value; a stream's bytes are located, not read.</summary>
    public (PdfReference Id, PdfValue Value) ReadIndirect(Func<PdfValue?, long?> lengthOf)
    {
        var id = new PdfReference(ToInt(ReadInteger()), ToInt(ReadInteger()));
        Expect("obj"u8);
        var value = ReadValue();
        if (value is not PdfDictionary dictionary || !TryKeyword("stream"u8))
        {
            Expect("endobj"u8);
            return (id, value);
        }

        var span = Span;
        if (Position < span.Length && span[Position] == 13)
            Position++;
        if (Position < span.Length && span[Position] == 10)
            Position++;
        var start = Position;
        var length = lengthOf(dictionary["Length"]) ?? throw PdfException.Malformed($"Stream {id.Number} has no length.");
        if (length < 0 || length > span.Length - start)
            throw PdfException.Malformed($"Stream {id.Number} is longer than the file.");
        Position = start + (int)length;
        Expect("endstream"u8);
        return (id, new PdfStream(dictionary, start, (int)length));
    }

    public PdfValue ReadValue(int depth = 0)
    {
        if (depth > MaxDepth)
            throw PdfException.Malformed("Objects are nested too deeply.");
        SkipWhitespace();
        var span = Span;
        if (Position >= span.Length)
            throw PdfException.Malformed("The file ends inside an object.");
        return span[Position] switch
        {
            (byte)'/' => ReadName(),
            (byte)'(' => ReadLiteral(),
            (byte)'[' => ReadArray(depth),
            (byte)'<' when Position + 1 < span.Length && span[Position + 1] == '<' => ReadDictionary(depth),
            (byte)'<' => ReadHex(),
            _ => ReadPlain(),
        };
    }

    private static int ToInt(long number) =>
        number is >= 0 and <= int.MaxValue ? (int)number : throw PdfException.Malformed("An object number is out of range.");

    private bool TryInteger(out long number)
    {
        SkipWhitespace();
        var span = Span;
        var end = Position;
        while (end < span.Length && span[end] is >= (byte)'0' and <= (byte)'9')
            end++;
        number = 0;
        if (end == Position || end - Position > 18 || (end < span.Length && IsRegular(span[end])))
            return false;
        for (var i = Position; i < end; i++)
            number = (number * 10) + (span[i] - '0');
        Position = end;
        return true;
    }

    private PdfValue ReadPlain()
    {
        var start = Position;
        // "12 0 R" is the only object of three tokens: look ahead, and go back when it is two numbers.
        if (TryInteger(out var number))
        {
            var afterNumber = Position;
            if (number <= int.MaxValue && TryInteger(out var generation) && generation <= ushort.MaxValue && TryKeyword("R"u8))
                return new PdfReference((int)number, (int)generation);
            Position = afterNumber;
            return new PdfNumber(number.ToString(CultureInfo.InvariantCulture));
        }

        var span = Span;
        while (Position < span.Length && IsRegular(span[Position]))
            Position++;
        var word = span[start..Position];
        if (word.SequenceEqual("true"u8))
            return new PdfBoolean(true);
        if (word.SequenceEqual("false"u8))
            return new PdfBoolean(false);
        if (word.SequenceEqual("null"u8))
            return PdfNull.Instance;
        if (word.IsEmpty || word.Length > 64 || word.ContainsAnyExcept(NumberBytes) || !word.ContainsAnyInRange((byte)'0', (byte)'9'))
            throw PdfException.Malformed($"Something that is no object stands at {start}.");
        return new PdfNumber(Encoding.ASCII.GetString(word));
    }

    private PdfName ReadName()
    {
        var span = Span;
        Position++;
        var name = new StringBuilder();
        while (Position < span.Length && IsRegular(span[Position]))
        {
            if (span[Position] == '#' && Position + 2 < span.Length && Hex(span[Position + 1]) is >= 0 and var high
                && Hex(span[Position + 2]) is >= 0 and var low)
            {
                name.Append((char)((high << 4) | low));
                Position += 3;
            }
            else
            {
                name.Append((char)span[Position++]);
            }
        }

        return new PdfName(name.ToString());
    }

    private PdfArray ReadArray(int depth)
    {
        Position++;
        var items = new List<PdfValue>();
        while (true)
        {
            SkipWhitespace();
            if (Position < Span.Length && Span[Position] == ']')
            {
                Position++;
                return new PdfArray(items);
            }

            items.Add(ReadValue(depth + 1));
        }
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        Position += 2;
        var entries = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        while (true)
        {
            SkipWhitespace();
            var span = Span;
            if (Position + 1 < span.Length && span[Position] == '>' && span[Position + 1] == '>')
            {
                Position += 2;
                return new PdfDictionary(entries);
            }

            if (Position >= span.Length || span[Position] != '/')
                throw PdfException.Malformed($"A key was expected at {Position}.");
            // Two values for one key are read differently by different programs, which is how a signed text and a shown text come apart.
            if (!entries.TryAdd(ReadName().Value, ReadValue(depth + 1)))
                throw PdfException.Malformed($"A key is repeated before {Position}.");
        }
    }

    private PdfString ReadHex()
    {
        var span = Span;
        var start = Position++;
        var end = span[start..].IndexOf((byte)'>');
        if (end < 0)
            throw PdfException.Malformed($"The string at {start} has no end.");
        end += start;
        var bytes = new byte[((end - start) / 2) + 1];
        var digits = 0;
        for (; Position < end; Position++)
        {
            if (IsWhitespace(span[Position]))
                continue;
            var digit = Hex(span[Position]);
            if (digit < 0)
                throw PdfException.Malformed($"The string at {start} holds something that is no hexadecimal digit.");
            bytes[digits / 2] |= (byte)(digits % 2 == 0 ? digit << 4 : digit);
            digits++;
        }

        Position = end + 1;
        return new PdfString(bytes[..((digits + 1) / 2)], start, Position, IsHex: true);
    }

    private PdfString ReadLiteral()
    {
        var span = Span;
        var start = Position++;
        var bytes = new MemoryStream();
        for (var depth = 1; Position < span.Length;)
        {
            var b = span[Position++];
            switch (b)
            {
                case (byte)'(':
                    depth++;
                    bytes.WriteByte(b);
                    break;
                case (byte)')':
                    if (--depth == 0)
                        return new PdfString(bytes.ToArray(), start, Position, IsHex: false);
                    bytes.WriteByte(b);
                    break;
                case (byte)'\\':
                    ReadEscape(bytes);
                    break;
                case 13:
                    bytes.WriteByte(10);
                    if (Position < span.Length && span[Position] == 10)
                        Position++;
                    break;
                default:
                    bytes.WriteByte(b);
                    break;
            }
        }

        throw PdfException.Malformed($"The string at {start} has no end.");
    }

    private void ReadEscape(MemoryStream bytes)
    {
        var span = Span;
        if (Position >= span.Length)
            return;
        var b = span[Position++];
        switch (b)
        {
            case (byte)'n': bytes.WriteByte(10); break;
            case (byte)'r': bytes.WriteByte(13); break;
            case (byte)'t': bytes.WriteByte(9); break;
            case (byte)'b': bytes.WriteByte(8); break;
            case (byte)'f': bytes.WriteByte(12); break;
            case 10: break;
            case 13:
                if (Position < span.Length && span[Position] == 10)
                    Position++;
                break;
            case >= (byte)'0' and <= (byte)'7':
                var code = b - '0';
                for (var i = 0; i < 2 && Position < span.Length && span[Position] is >= (byte)'0' and <= (byte)'7'; i++)
                    code = (code * 8) + (span[Position++] - '0');
                bytes.WriteByte((byte)code);
                break;
            default: bytes.WriteByte(b); break;
        }
    }

    private static int Hex(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };
}
