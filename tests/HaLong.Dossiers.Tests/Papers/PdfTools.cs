using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HaLong.Dossiers.Tests.Papers;

/// <summary>Programs that are not ours read what we write.</summary>
internal static partial class PdfTools
{
    public static Task<string> TextOfAsync(byte[] pdf) => RunAsync("pdftotext", pdf, "-enc", "UTF-8");

    /// <summary>What a reading program says, part by part in quotes, its lines joined; white space counts once.</summary>
    public static async Task<string> ReadAloudAsync(byte[] pdf) => Spaces().Replace(LineEnds().Replace(await RunAsync("pdfinfo", pdf, "-struct-text"), ""), " ");

    /// <summary>Page size, embedded fonts, tags; a structure that qpdf finds nothing wrong with.</summary>
    public static async Task IsSoundAsync(byte[] pdf, string size)
    {
        var info = await RunAsync("pdfinfo", pdf);
        Assert.Contains(size == "A5" ? "419.53 x 595.28 pts" : "595.28 x 841.89 pts", info, StringComparison.Ordinal);
        Assert.Matches("Tagged: +yes", info);
        var fonts = (await RunAsync("pdffonts", pdf)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.NotEmpty(fonts);
        // Embedded, a subset, with a table of letters.
        Assert.All(fonts, font => Assert.Matches("CID TrueType +Identity-H +yes yes yes", font));
        Assert.Contains("No syntax or stream encoding errors found", await RunAsync("qpdf", pdf, "--check"), StringComparison.Ordinal);
    }

    public static async Task<string> RunAsync(string tool, byte[] pdf, params string[] options)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        await File.WriteAllBytesAsync(path, pdf);
        try
        {
            var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true };
            foreach (var option in options)
                start.ArgumentList.Add(option);
            start.ArgumentList.Add(path);
            if (tool == "pdftotext")
                start.ArgumentList.Add("-");
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            File.Delete(path);
        }
    }

    [GeneratedRegex("""
        "\n +"
        """)]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
