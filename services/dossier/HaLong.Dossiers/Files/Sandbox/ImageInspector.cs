using System.Globalization;
using HaLong.Dossiers.Domain;
using SkiaSharp;
using static HaLong.Dossiers.Domain.PreflightCheck;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>Looks at a photo or a scanned picture.</summary>
internal static class ImageInspector
{
    /// <summary>A smaller picture of a page has less than 70 dots per inch of A4.</summary>
    private const int LeastLongSide = 800;

    public static SandboxAnswer Inspect(string path)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null)
            return new SandboxAnswer([Fail(CheckCode.Opens, "broken")]);
        if (Picture.IsTooLarge(codec))
            return new SandboxAnswer([Passed(CheckCode.Opens), Fail(CheckCode.Size, "pixels", Text(codec.Info.Width), Text(codec.Info.Height))]);
        using var picture = Picture.Decode(codec, 2 * Legibility.LongSide);
        if (picture is null)
            return new SandboxAnswer([Fail(CheckCode.Opens, "broken")]);
        var seen = Legibility.Of(picture);
        return new SandboxAnswer(
        [
            Passed(CheckCode.Opens),
            Passed(CheckCode.Size),
            seen.IsBlank ? Fail(CheckCode.Blank, "all") : Passed(CheckCode.Blank),
            .. seen.IsBlank ? [] : (PreflightCheck[])[Legible(seen, Math.Max(codec.Info.Width, codec.Info.Height))],
        ], Pages: 1);
    }

    private static PreflightCheck Legible(Legibility seen, int longSide) => seen switch
    {
        _ when longSide < LeastLongSide => Warn(CheckCode.Legible, "resolution", "1"),
        { IsFaint: true } => Warn(CheckCode.Legible, "faint", "1"),
        { IsBlurred: true } => Warn(CheckCode.Legible, "blurred", "1"),
        _ => Passed(CheckCode.Legible),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
