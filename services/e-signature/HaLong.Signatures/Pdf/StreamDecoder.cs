using System.IO.Compression;

namespace HaLong.Signatures.Pdf;

/// <summary>Inflates cross-reference and object streams. One per file: it also holds the budget against decompression bombs.</summary>
internal sealed class StreamDecoder(int budget = StreamDecoder.DefaultBudget)
{
    public const int DefaultBudget = 64 * 1024 * 1024;

    private int left = budget;

    public byte[] Decode(ReadOnlyMemory<byte> file, PdfStream stream)
    {
        var raw = file.Slice(stream.Start, stream.Length);
        var filter = Single(stream.Dictionary["Filter"]);
        var parameters = Single(stream.Dictionary["DecodeParms"]) as PdfDictionary;
        switch (filter)
        {
            case null or PdfNull:
                Take(raw.Length);
                return raw.ToArray();
            case PdfName { Value: "FlateDecode" or "Fl" }:
                return Unpredict(Inflate(raw), parameters);
            default:
                throw PdfException.Malformed("A structural stream uses a filter that is not FlateDecode.");
        }
    }

    // Filter and DecodeParms may be arrays; chains of filters are not used for structural streams.
    private static PdfValue? Single(PdfValue? value) => value switch
    {
        PdfArray { Items.Count: 0 } => null,
        PdfArray { Items.Count: 1 } array => array.Items[0],
        PdfArray => throw PdfException.Malformed("A structural stream uses several filters."),
        _ => value,
    };

    private void Take(int count)
    {
        left -= count;
        if (left < 0)
            throw PdfException.Malformed("The file inflates to more than is allowed.");
    }

    private byte[] Inflate(ReadOnlyMemory<byte> raw)
    {
        try
        {
            using var inflate = new ZLibStream(new MemoryStream(raw.ToArray(), writable: false), CompressionMode.Decompress);
            using var result = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int count; (count = inflate.Read(buffer)) > 0;)
            {
                Take(count);
                result.Write(buffer, 0, count);
            }

            return result.ToArray();
        }
        // One that wants a dictionary of its own is an IOException.
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw PdfException.Malformed($"A stream does not inflate: {e.Message}");
        }
    }

    private static byte[] Unpredict(byte[] data, PdfDictionary? parameters)
    {
        var predictor = parameters?.Integer("Predictor") ?? 1;
        if (predictor == 1)
            return data;
        var colours = parameters!.Integer("Colors") ?? 1;
        var bits = parameters.Integer("BitsPerComponent") ?? 8;
        var columns = parameters.Integer("Columns") ?? 1;
        if (predictor < 10 || colours is < 1 or > 4 || bits != 8 || columns is < 1 or > 65536)
            throw PdfException.Malformed("A structural stream uses a predictor that is not PNG's.");
        var pixel = (int)colours;
        var row = (int)columns * pixel;
        var rows = data.Length / (row + 1);
        var result = new byte[rows * row];
        for (var y = 0; y < rows; y++)
        {
            var source = data.AsSpan((y * (row + 1)) + 1, row);
            var target = result.AsSpan(y * row, row);
            var above = y == 0 ? [] : result.AsSpan((y - 1) * row, row);
            for (var x = 0; x < row; x++)
            {
                var a = x >= pixel ? target[x - pixel] : (byte)0;
                var b = above.IsEmpty ? (byte)0 : above[x];
                var c = x >= pixel && !above.IsEmpty ? above[x - pixel] : (byte)0;
                target[x] = (byte)(source[x] + data[y * (row + 1)] switch
                {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    4 => Paeth(a, b, c),
                    _ => throw PdfException.Malformed("A structural stream has an unknown PNG filter."),
                });
            }
        }

        return result;
    }

    private static byte Paeth(byte a, byte b, byte c)
    {
        var p = a + b - c;
        var (pa, pb, pc) = (Math.Abs(p - a), Math.Abs(p - b), Math.Abs(p - c));
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
