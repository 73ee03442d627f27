using System.Buffers.Binary;
using System.Text;
using HaLong.Papers;
using SkiaSharp;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>Pictures of pages, as cameras and scanners make them.</summary>
internal static class Photos
{
    public const string Place = "GPS 20.95N 107.08E";

    /// <summary>A page of text: letters of this brightness on white, blurred by so many pixels.</summary>
    public static SKBitmap Page(int width = 1240, int height = 1754, float blur = 0, byte ink = 20, bool isBlank = false)
    {
        var page = new SKBitmap(width, height);
        using var canvas = new SKCanvas(page);
        canvas.Clear(SKColors.White);
        if (isBlank)
            return page;
        using var paint = new SKPaint { Color = new SKColor(ink, ink, ink), IsAntialias = true };
        if (blur > 0)
            paint.MaskFilter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur);
        using var font = new SKFont(SKTypeface.FromStream(typeof(PdfSheet).Assembly.GetManifestResourceStream("Fonts.NotoSans-Regular.ttf")), height / 60f);
        for (var line = 0; line < 30; line++)
            canvas.DrawText("Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập tự do hạnh phúc", width * 0.08f, height * (0.1f + line * 0.027f), font, paint);
        return page;
    }

    public static byte[] Jpeg(SKBitmap page, int quality = 85)
    {
        using (page)
        using (var data = page.Encode(SKEncodedImageFormat.Jpeg, quality))
            return data.ToArray();
    }

    public static byte[] Png(SKBitmap page)
    {
        using (page)
        using (var data = page.Encode(SKEncodedImageFormat.Png, 100))
            return data.ToArray();
    }

    /// <summary>The same JPEG with EXIF: how the camera was held, and where it was.</summary>
    public static byte[] WithExif(byte[] jpeg, ushort orientation)
    {
        // TIFF, big-endian: one directory with Orientation (0x0112) and ImageDescription (0x010E).
        var text = Encoding.ASCII.GetBytes(Place + "\0");
        var tiff = new byte[38 + text.Length];
        "MM\0*"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(8), 2);
        Entry(tiff.AsSpan(10), 0x010E, 2, (uint)text.Length, 38);
        Entry(tiff.AsSpan(22), 0x0112, 3, 1, (uint)orientation << 16);
        text.CopyTo(tiff, 38);
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        return [0xFF, 0xD8, 0xFF, 0xE1, .. length, .. body, .. jpeg.AsSpan(2)];
    }

    /// <summary>A picture of 90,000 × 90,000 pixels in a few kilobytes, or so its head says.</summary>
    public static byte[] Bomb()
    {
        var png = Png(new SKBitmap(4, 4));
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), 90_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), 90_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }

    private static void Entry(Span<byte> at, ushort tag, ushort type, uint count, uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(at, tag);
        BinaryPrimitives.WriteUInt16BigEndian(at[2..], type);
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], count);
        BinaryPrimitives.WriteUInt32BigEndian(at[8..], value);
    }
}
