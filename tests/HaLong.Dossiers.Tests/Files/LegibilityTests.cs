using HaLong.Dossiers.Files.Sandbox;
using SkiaSharp;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>The measure of legibility on pages made of numbers.</summary>
public sealed class LegibilityTests
{
    private const int Width = 400, Height = 600;

    [Theory]
    [InlineData(255)]
    [InlineData(200)]
    [InlineData(128)]
    [InlineData(0)]
    public void Paper_of_any_colour_without_ink_is_blank(byte paper)
    {
        var seen = Legibility.Of(Page(paper, paper, 0), Width, Height);
        Assert.Equal((true, false, false), (seen.IsBlank, seen.IsFaint, seen.IsBlurred));
    }

    [Theory]
    [InlineData(255, 0)]
    [InlineData(255, 120)]
    [InlineData(180, 40)]
    [InlineData(20, 230)]
    public void Ink_that_stands_out_can_be_read_also_white_on_black(byte paper, byte ink)
    {
        var seen = Legibility.Of(Page(paper, ink, 20), Width, Height);
        Assert.Equal((false, false, false), (seen.IsBlank, seen.IsFaint, seen.IsBlurred));
    }

    [Theory]
    [InlineData(255, 215)]
    [InlineData(200, 165)]
    [InlineData(255, 240)]
    public void Ink_that_hardly_differs_from_the_paper_is_faint(byte paper, byte ink)
    {
        var seen = Legibility.Of(Page(paper, ink, 20), Width, Height);
        Assert.Equal((false, true), (seen.IsBlank, seen.IsFaint));
    }

    [Fact]
    public void Specks_of_dust_are_no_content()
    {
        var page = Page(255, 255, 0);
        for (var i = 0; i < 40; i++)
            page[i * 997 % page.Length] = 0;
        Assert.True(Legibility.Of(page, Width, Height).IsBlank);
    }

    [Fact]
    public void A_single_line_of_text_is_content() => Assert.False(Legibility.Of(Page(255, 0, 1), Width, Height).IsBlank);

    [Fact]
    public void Noise_of_a_scanner_on_white_paper_is_no_content()
    {
        var random = new Random(7);
        var page = new byte[Width * Height];
        for (var i = 0; i < page.Length; i++)
            page[i] = (byte)(250 - random.Next(6));
        Assert.True(Legibility.Of(page, Width, Height).IsBlank);
    }

    [Fact]
    public void The_more_blurred_the_less_sharp()
    {
        var sharpness = new[] { 0f, 1f, 2f, 4f, 8f }.Select(blur =>
        {
            using var page = Photos.Page(blur: blur);
            return Legibility.Of(page).Sharpness;
        }).ToList();
        Assert.Equal(sharpness.OrderDescending(), sharpness);
        Assert.True(sharpness[0] > 0.7, $"{sharpness[0]}");
        Assert.True(sharpness[^1] < 0.2, $"{sharpness[^1]}");
    }

    [Fact]
    public void A_sharp_page_from_a_large_camera_counts_as_sharp_and_so_does_its_small_copy()
    {
        using var large = Photos.Page(3720, 5262);
        using var small = Photos.Page(930, 1315);
        Assert.False(Legibility.Of(large).IsBlurred);
        Assert.False(Legibility.Of(small).IsBlurred);
    }

    [Fact]
    public void What_is_transparent_counts_as_paper()
    {
        using var page = new SKBitmap(new SKImageInfo(200, 300, SKColorType.Rgba8888, SKAlphaType.Premul));
        page.Erase(SKColors.Transparent);
        Assert.True(Legibility.Of(page).IsBlank);
    }

    /// <summary>Lines of strokes, four pixels wide and four apart.</summary>
    private static byte[] Page(byte paper, byte ink, int lines)
    {
        var page = new byte[Width * Height];
        Array.Fill(page, paper);
        for (var line = 0; line < lines; line++)
            for (var y = 20 + line * 25; y < 32 + line * 25; y++)
                for (var x = 40; x < Width - 40; x++)
                    if (x / 4 % 2 == 0)
                        page[y * Width + x] = ink;
        return page;
    }
}
