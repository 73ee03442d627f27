using SkiaSharp;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>
/// Joins photos into one PDF, a page of A4 each: upright, at most <see cref="LongSide"/> pixels long (about 200 dots per inch of the page), as
/// JPEG of quality <see cref="Quality"/>. Drawn anew, so nothing of what a camera writes into its files comes along: no place, no device.
/// </summary>
internal static class PhotoSheet
{
    public const int LongSide = 2339;
    public const int Quality = 80;

    private const float Short = 595, Long = 842, Margin = 18;

    public static SandboxAnswer Join(IReadOnlyList<string> photos, string output)
    {
        using var stream = new SKFileWStream(output);
        using var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Producer = "HaLongServices", RasterDpi = 200, EncodingQuality = Quality });
        for (var i = 0; i < photos.Count; i++)
        {
            using var page = Read(photos[i]);
            if (page is null)
            {
                document.Abort();
                return new SandboxAnswer([], BadPhoto: i + 1);
            }
            var (width, height) = page.Width > page.Height ? (Long, Short) : (Short, Long);
            var canvas = document.BeginPage(width, height);
            var scale = Math.Min((width - 2 * Margin) / page.Width, (height - 2 * Margin) / page.Height);
            var (w, h) = (page.Width * scale, page.Height * scale);
            canvas.DrawImage(page, SKRect.Create((width - w) / 2, (height - h) / 2, w, h), new SKSamplingOptions(SKFilterMode.Linear));
            document.EndPage();
        }
        document.Close();
        return new SandboxAnswer([], Pages: photos.Count);
    }

    /// <summary>The photo as the JPEG that goes into the PDF; null when it cannot be read.</summary>
    private static SKImage? Read(string path)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || Picture.IsTooLarge(codec))
            return null;
        using var picture = Picture.Decode(codec, LongSide);
        if (picture is null)
            return null;
        using var upright = Picture.Upright(picture, codec.EncodedOrigin, LongSide);
        using var jpeg = upright.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return SKImage.FromEncodedData(jpeg);
    }
}
