using SkiaSharp;
using UglyToad.PdfPig.Content;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>What a page of a PDF shows. Drawn letters and lines are sharp by nature; only a picture that covers the page is measured.</summary>
internal readonly record struct PageLook
{
    /// <summary>A scan coarser than this, in dots per inch, is hard to read.</summary>
    public const double LeastDpi = 100;

    /// <summary>A picture over this share of the page is the page.</summary>
    private const double Covers = 0.5;

    public bool IsBroken { get; init; }
    public bool IsBlank { get; init; }
    public bool IsCoarse { get; init; }
    public bool IsFaint { get; init; }
    public bool IsBlurred { get; init; }

    public static PageLook Of(Page page, bool isMeasured)
    {
        var isDrawn = page.Letters.Any(l => !string.IsNullOrWhiteSpace(l.Value)) || page.GetAnnotations().Any();
        var pictures = page.GetImages().ToList();
        if (pictures.Count == 0)
            return new PageLook { IsBlank = !isDrawn && page.Paths.Count == 0 };
        var largest = pictures.MaxBy(Area)!;
        if (isDrawn || Area(largest) < Covers * page.Width * page.Height)
            return default;
        var dpi = largest.WidthInSamples / (Math.Max(1, largest.BoundingBox.Width) / 72);
        if (!isMeasured || Decode(largest) is not { } bitmap)
            return new PageLook { IsCoarse = dpi < LeastDpi };
        using (bitmap)
        {
            var seen = Legibility.Of(bitmap);
            return new PageLook { IsBlank = seen.IsBlank && pictures.Count == 1, IsCoarse = dpi < LeastDpi && !seen.IsBlank, IsFaint = seen.IsFaint, IsBlurred = seen.IsBlurred };
        }
    }

    private static double Area(IPdfImage image) => image.BoundingBox.Width * image.BoundingBox.Height;

    /// <summary>The picture, if it is of a kind that can be decoded within the limits.</summary>
    private static SKBitmap? Decode(IPdfImage image)
    {
        if ((long)image.WidthInSamples * image.HeightInSamples > Picture.MaxPixels)
            return null;
        var raw = image.RawBytes;
        if (raw.Length > 2 && raw[0] == 0xFF && raw[1] == 0xD8)
            return Decode(raw.ToArray());
        return image.TryGetPng(out var png) ? Decode(png) : null;
    }

    private static SKBitmap? Decode(byte[] encoded)
    {
        using var data = SKData.CreateCopy(encoded);
        using var codec = SKCodec.Create(data);
        return codec is null || Picture.IsTooLarge(codec) ? null : Picture.Decode(codec, 2 * Legibility.LongSide);
    }
}
