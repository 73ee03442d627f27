using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Signatures.Pdf;

/// <summary>A revision that lacks nothing but the signature. Without the document: what is kept for later is only this.</summary>
/// <param name="Bytes">To be appended, with zeros where the signature goes.</param>
/// <param name="GapStart">Where in <paramref name="Bytes"/> the string of the signature begins, its bracket included.</param>
/// <param name="Room">Bytes of signature that fit.</param>
/// <param name="OriginalLength">Length of the file that it is appended to.</param>
internal sealed record PreparedRevision(byte[] Bytes, int GapStart, int Room, long OriginalLength)
{
    /// <summary>A CMS with three certificates takes under 4 KiB; a time-stamp with its chain fits too.</summary>
    public const int UsualRoom = 16 * 1024;

    private const string RangePlaceholder = "[0 0000000000 0000000000 0000000000]";

    private int GapEnd => GapStart + (Room * 2) + 2;

    /// <summary>Writes the range and the room: the two entries that are filled in when the revision is complete.</summary>
    /// <returns>Where the range and the gap begin.</returns>
    public static (int Range, int Gap) WriteRoom(Stream target)
    {
        PdfWriter.WriteAscii(target, "/ByteRange ");
        var range = (int)target.Position;
        PdfWriter.WriteAscii(target, RangePlaceholder + "\n/Contents ");
        var gap = (int)target.Position;
        target.WriteByte((byte)'<');
        target.Write(Zeros);
        target.WriteByte((byte)'>');
        return (range, gap);
    }

    /// <summary>Takes a complete revision and fills in its range.</summary>
    public static PreparedRevision Of(byte[] bytes, (int Range, int Gap) places, long originalLength)
    {
        var prepared = new PreparedRevision(bytes, places.Gap, UsualRoom, originalLength);
        var end = prepared.GapEnd;
        var range = string.Create(CultureInfo.InvariantCulture, $"[0 {originalLength + places.Gap} {originalLength + end} {bytes.Length - end}]")
            .PadRight(RangePlaceholder.Length);
        Encoding.ASCII.GetBytes(range).CopyTo(bytes.AsSpan(places.Range));
        return prepared;
    }

    /// <summary>Hash over the original and the revision, all but the gap.</summary>
    public byte[] DigestBy(HashAlgorithmName name, ReadOnlySpan<byte> original)
    {
        using var hash = IncrementalHash.CreateHash(name);
        hash.AppendData(original);
        hash.AppendData(Bytes.AsSpan(0, GapStart));
        hash.AppendData(Bytes.AsSpan(GapEnd));
        return hash.GetHashAndReset();
    }

    public bool HasRoomFor(ReadOnlySpan<byte> cms) => cms.Length <= Room;

    /// <summary>The bytes to append to the original, with the signature in its place.</summary>
    /// <exception cref="ArgumentException">There is no room for it.</exception>
    public byte[] Embed(ReadOnlySpan<byte> cms)
    {
        if (!HasRoomFor(cms))
            throw new ArgumentException("The signature is larger than the room kept for it.", nameof(cms));
        var bytes = (byte[])Bytes.Clone();
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(cms)).CopyTo(bytes.AsSpan(GapStart + 1));
        return bytes;
    }

    /// <summary>The CMS in a revision that was made here, without the room behind it.</summary>
    public static byte[] CmsOf(byte[] revision)
    {
        // The signature dictionary is the first object of a revision, and its texts are written in hex: this is the first such word.
        var start = revision.AsSpan().IndexOf("/Contents <"u8) + "/Contents <".Length;
        var room = Convert.FromHexString(Encoding.ASCII.GetString(revision, start, revision.AsSpan(start).IndexOf((byte)'>')));
        AsnDecoder.ReadEncodedValue(room, AsnEncodingRules.BER, out _, out _, out var used);
        return room[..used];
    }

    private static readonly byte[] Zeros = [.. Enumerable.Repeat((byte)'0', UsualRoom * 2)];
}
