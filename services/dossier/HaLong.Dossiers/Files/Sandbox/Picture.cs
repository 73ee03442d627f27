using SkiaSharp;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>Reads pictures within limits: their size is known before anything is decoded.</summary>
internal static class Picture
{
    /// <summary>Enough for the cameras of today (50 megapixels); four bytes each.</summary>
    public const long MaxPixels = 60_000_000;

    public static bool IsTooLarge(SKCodec codec) => (long)codec.Info.Width * codec.Info.Height > MaxPixels;

    /// <summary>The picture, decoded no larger than needed where the format can; null when it is damaged.</summary>
    public static SKBitmap? Decode(SKCodec codec, int longSide)
    {
        // JPEG can be decoded in eighths of its size: the smallest that is still large enough.
        var full = Math.Max(codec.Info.Width, codec.Info.Height);
        var eighths = Enumerable.Range(1, 8).FirstOrDefault(n => (long)full * n / 8 >= longSide, 8);
        var size = codec.GetScaledDimensions(eighths / 8f);
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        var bitmap = new SKBitmap(info);
        // White below what is transparent: paper.
        bitmap.Erase(SKColors.White);
        if (codec.GetPixels(info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    /// <summary>The picture as it is to be seen, at most so long, upright by its EXIF orientation, on white.</summary>
    public static SKBitmap Upright(SKBitmap source, SKEncodedOrigin origin, int longSide)
    {
        var scale = Math.Min(1f, (float)longSide / Math.Max(source.Width, source.Height));
        var (width, height) = (Math.Max(1, (int)MathF.Round(source.Width * scale)), Math.Max(1, (int)MathF.Round(source.Height * scale)));
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var upright = new SKBitmap(new SKImageInfo(isTurned ? height : width, isTurned ? width : height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(upright);
        canvas.Clear(SKColors.White);
        Turn(canvas, origin, width, height);
        using var image = SKImage.FromBitmap(source);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return upright;
    }

    /// <summary>EXIF says how the camera was held: the canvas is turned the other way.</summary>
    private static void Turn(SKCanvas canvas, SKEncodedOrigin origin, int width, int height)
    {
        var matrix = origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
        canvas.Concat(in matrix);
    }
}
