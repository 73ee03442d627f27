using System.Buffers.Binary;

namespace HaLong.Identity.PersonalData;

/// <summary>What an image is, told by its content and never by its name or header.</summary>
internal static class ImageType
{
    /// <summary>The media type of an intact PNG or JPEG; null for anything else, or one that was cut off.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return IsWholePng(content) ? "image/png" : null;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return content.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]) ? "image/jpeg" : null;
        return null;
    }

    /// <summary>Chunk follows chunk from the header to the end mark, with nothing behind it.</summary>
    private static bool IsWholePng(ReadOnlySpan<byte> content)
    {
        var at = 8;
        while (at + 12 <= content.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (length > content.Length - at - 12)
                return false;
            var kind = content.Slice(at + 4, 4);
            if (at == 8 && !kind.SequenceEqual("IHDR"u8))
                return false;
            at += 12 + (int)length;
            if (kind.SequenceEqual("IEND"u8))
                return at == content.Length;
        }

        return false;
    }
}
