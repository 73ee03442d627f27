using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HaLong.TestSupport;

/// <summary>Programs that are not ours read what we write.</summary>
public static partial class PdfTools
{
    /// <summary>The text as people read it.</summary>
    public static Task<string> TextOfAsync(byte[] pdf) => RunAsync("pdftotext", pdf, "-enc", "UTF-8");

    /// <summary>What a reading program says, part by part in quotes, its lines joined; white space counts once.</summary>
    public static async Task<string> ReadAloudAsync(byte[] pdf) => Spaces().Replace(LineEnds().Replace(await RunAsync("pdfinfo", pdf, "-struct-text"), ""), " ");

    /// <summary>Page size, embedded fonts, tags; a structure that qpdf finds nothing wrong with.</summary>
    public static async Task IsSoundAsync(byte[] pdf, string size)
    {
        var info = await RunAsync("pdfinfo", pdf);
        Require(info.Contains(size == "A5" ? "419.53 x 595.28 pts" : "595.28 x 841.89 pts", StringComparison.Ordinal), info);
        Require(Tagged().IsMatch(info), info);
        var fonts = (await RunAsync("pdffonts", pdf)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        // Embedded, a subset, with a table of letters.
        Require(fonts.Count > 0 && fonts.TrueForAll(font => Embedded().IsMatch(font)), string.Join('\n', fonts));
        var structure = await RunAsync("qpdf", pdf, "--check");
        Require(structure.Contains("No syntax or stream encoding errors found", StringComparison.Ordinal), structure);
    }

    /// <summary>Runs a program on a file of these bytes; gives what it printed.</summary>
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
            Require(process.ExitCode == 0, $"{tool} ended with {process.ExitCode}: {output}");
            return output;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Require(bool holds, string found)
    {
        if (!holds)
            throw new InvalidOperationException(found);
    }

    [GeneratedRegex("Tagged: +yes")]
    private static partial Regex Tagged();

    [GeneratedRegex("CID TrueType +Identity-H +yes yes yes")]
    private static partial Regex Embedded();

    [GeneratedRegex("""
        "\n +"
        """)]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
