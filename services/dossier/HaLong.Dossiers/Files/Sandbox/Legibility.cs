using SkiaSharp;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>
/// Whether a scanned page shows something, and whether it can be read. Measured on a copy of at most <see cref="LongSide"/> pixels, so the
/// measure is about the page and not about the camera:
/// ink is what differs from the paper (the most frequent brightness) by more than 25 of 255; a page with less than 0.04 % of it is blank, or
/// faint when 0.2 % differ by more than 8; contrast is how far the ink differs in the mean, faint below 45; sharpness is the steepest step from pixel
/// to pixel at the edges of the ink (its strongest two per cent) as a share of the contrast, blurred below 0.35.
/// </summary>
/// <param name="IsBlank">Nothing on it.</param>
/// <param name="IsFaint">Hardly any contrast.</param>
/// <param name="IsBlurred">No sharp edge.</param>
internal readonly record struct Legibility(bool IsBlank, bool IsFaint, bool IsBlurred, double Ink = 0, double Contrast = 0, double Sharpness = 0)
{
    public const int LongSide = 1200;

    private const int InkStep = 25, TraceStep = 8;
    private const double LeastInk = 0.0004, LeastTrace = 0.002, LeastContrast = 45, LeastSharpness = 0.35;

    public static Legibility Of(SKBitmap page)
    {
        using var small = Picture.Upright(page, SKEncodedOrigin.TopLeft, LongSide);
        return Of(Luma(small), small.Width, small.Height);
    }

    internal static Legibility Of(byte[] luma, int width, int height)
    {
        Span<int> histogram = stackalloc int[256];
        foreach (var value in luma)
            histogram[value]++;
        var paper = 0;
        for (var value = 0; value < 256; value++)
            if (histogram[value] >= histogram[paper])
                paper = value;

        long ink = 0, trace = 0, depth = 0;
        for (var value = 0; value < 256; value++)
        {
            var step = Math.Abs(value - paper);
            trace += step > TraceStep ? histogram[value] : 0;
            ink += step > InkStep ? histogram[value] : 0;
            depth += step > InkStep ? (long)histogram[value] * step : 0;
        }
        if (ink < luma.Length * LeastInk)
            return trace >= luma.Length * LeastTrace ? new Legibility(false, true, false) : new Legibility(true, false, false);
        var contrast = (double)depth / ink;
        var sharpness = SteepestStep(luma, width, height, paper) / contrast;
        return new Legibility(false, contrast < LeastContrast, sharpness < LeastSharpness, (double)ink / luma.Length, contrast, sharpness);
    }

    /// <summary>Mean of the strongest two per cent of the steps beside ink.</summary>
    private static double SteepestStep(byte[] luma, int width, int height, int paper)
    {
        Span<int> steps = stackalloc int[256];
        var edges = 0;
        for (var y = 0; y < height - 1; y++)
        {
            var row = y * width;
            for (var x = 0; x < width - 1; x++)
            {
                var here = luma[row + x];
                var step = Math.Max(Math.Abs(here - luma[row + x + 1]), Math.Abs(here - luma[row + width + x]));
                if (step <= 2 && Math.Abs(here - paper) <= InkStep)
                    continue;
                steps[step]++;
                edges++;
            }
        }
        var (wanted, taken, sum) = (Math.Max(1, edges / 50), 0, 0L);
        for (var step = 255; step > 0 && taken < wanted; step--)
        {
            var some = Math.Min(steps[step], wanted - taken);
            taken += some;
            sum += (long)some * step;
        }
        return taken == 0 ? 0 : (double)sum / taken;
    }

    private static byte[] Luma(SKBitmap bitmap)
    {
        var pixels = bitmap.GetPixelSpan();
        var luma = new byte[bitmap.Width * bitmap.Height];
        for (int i = 0, p = 0; i < luma.Length; i++, p += 4)
            luma[i] = (byte)((pixels[p] * 299 + pixels[p + 1] * 587 + pixels[p + 2] * 114) / 1000);
        return luma;
    }
}
