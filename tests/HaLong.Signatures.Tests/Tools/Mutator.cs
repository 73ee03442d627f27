using System.Text;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Changes files the way defects and attackers do. The same seed makes the same files.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> others)
{
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref", "%%EOF", "<<", ">>", "[", "]", "(", ")", "<", ">", "null", "true", "R", " 0 R", "1 0 R",
            "3 0 R", "/Type", "/Kids", "/Count", "/Parent", "/Prev", "/XRefStm", "/Size", "/Length", "/Root", "/ByteRange", "/Contents", "/V", "/FT/Sig", "/Annots", "/DSS", "/VRI",
            "/ObjStm", "/W[1 9 9]", "/Index[0 99999999]", "/N 99999999", "/First -1", "-1", "0", "65535", "4294967296", "999999999999999999", "1e9", "0.0", "#00", "\0", "\r", "%",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    private readonly Random random = new(seed);

    public byte[] Next(byte[] original)
    {
        var pdf = original;
        for (var n = random.Next(1, 5); n > 0; n--)
            pdf = Once(pdf);
        return pdf;
    }

    private byte[] Once(byte[] pdf)
    {
        if (pdf.Length < 8)
            return [.. pdf, (byte)random.Next(256)];
        var (at, length) = (random.Next(pdf.Length), random.Next(1, Math.Min(pdf.Length / 2, 1 << random.Next(1, 12))));
        length = Math.Min(length, pdf.Length - at);
        switch (random.Next(9))
        {
            case 0:
            case 1:
                var flipped = (byte[])pdf.Clone();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 2:
                var random1 = (byte[])pdf.Clone();
                random.NextBytes(random1.AsSpan(at, Math.Min(length, 16)));
                return random1;
            case 3:
                return [.. pdf.AsSpan(0, at), .. pdf.AsSpan(at + length)];
            case 4:
                return [.. pdf.AsSpan(0, at + length), .. pdf.AsSpan(at)];
            case 5:
                var word = Words[random.Next(Words.Length)];
                return random.Next(2) == 0 ? [.. pdf.AsSpan(0, at), .. word, .. pdf.AsSpan(at)]
                    : [.. pdf.AsSpan(0, at), .. word, .. pdf.AsSpan(Math.Min(pdf.Length, at + word.Length))];
            case 6:
                var other = others[random.Next(others.Count)];
                var from = random.Next(Math.Max(1, other.Length));
                return [.. pdf.AsSpan(0, at), .. other.AsSpan(from, Math.Min(length, other.Length - from)), .. pdf.AsSpan(at)];
            case 7:
                return Number(pdf, at);
            default:
                return pdf[..Math.Max(6, at)];
        }
    }

    /// <summary>Numbers are lengths, offsets and names of objects: another one leads elsewhere.</summary>
    private byte[] Number(byte[] pdf, int at)
    {
        var start = pdf.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
            return pdf[..^1];
        start += at;
        var end = start;
        while (end < pdf.Length && pdf[end] is >= (byte)'0' and <= (byte)'9')
            end++;
        var value = random.Next(4) switch { 0 => random.Next(20), 1 => random.Next(pdf.Length), 2 => int.MaxValue, _ => random.Next(70_000) };
        return [.. pdf.AsSpan(0, start), .. Encoding.ASCII.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. pdf.AsSpan(end)];
    }
}
