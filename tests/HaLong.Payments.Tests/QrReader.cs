using HaLong.TestSupport;
using SkiaSharp;

namespace HaLong.Payments.Tests;

/// <summary>Reads codes back from what we print, with a reader that is not ours.</summary>
internal static class QrReader
{
    /// <summary>The code on the first page of a PDF, drawn by Poppler at 200 dots an inch.</summary>
    public static Task<string> OfPageAsync(byte[] pdf) => InFolderAsync(async folder =>
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "page.pdf"), pdf);
        await Node.RunAsync("pdftoppm", "-r", "200", "-png", "-singlefile", Path.Combine(folder, "page.pdf"), Path.Combine(folder, "page"));
        return Path.Combine(folder, "page.png");
    });

    /// <summary>The code of a drawing, given as its dark modules, with a part of it covered by white.</summary>
    public static Task<string> OfModulesAsync(bool[,] dark, int coveredSide = 0) => InFolderAsync(async folder =>
    {
        const int Pixels = 8;
        var size = dark.GetLength(0);
        using var picture = new SKBitmap(size * Pixels, size * Pixels);
        using (var canvas = new SKCanvas(picture))
        using (var black = new SKPaint { Color = SKColors.Black })
        {
            canvas.Clear(SKColors.White);
            for (var y = 0; y < size; y++)
                for (var x = 0; x < size; x++)
                    if (dark[y, x] && (x < (size - coveredSide) / 2 || x >= (size + coveredSide) / 2 || y < (size - coveredSide) / 2 || y >= (size + coveredSide) / 2))
                        canvas.DrawRect(x * Pixels, y * Pixels, Pixels, Pixels, black);
        }
        using var file = picture.Encode(SKEncodedImageFormat.Png, 100);
        await File.WriteAllBytesAsync(Path.Combine(folder, "code.png"), file.ToArray());
        return Path.Combine(folder, "code.png");
    });

    private static async Task<string> InFolderAsync(Func<string, Task<string>> draw)
    {
        var folder = Directory.CreateTempSubdirectory("halong-qr").FullName;
        try
        {
            var (exit, output) = await Node.RunAsync("node", "read-qr.mjs", await draw(folder));
            Assert.True(exit == 0, output);
            return output.TrimEnd();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
