using System.Globalization;
using HaLong.Dossiers.Domain;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using static HaLong.Dossiers.Domain.PreflightCheck;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>Looks at a PDF: does it open, is it locked, does it carry anything that runs, can its pages be read?</summary>
internal static class PdfInspector
{
    public const int MaxPages = 500;

    /// <summary>Pages whose pictures are measured; of longer documents the first ones speak for the rest.</summary>
    private const int MeasuredPages = 30;

    private static readonly ParsingOptions Options = new() { UseLenientParsing = true, SkipMissingFonts = true };

    public static SandboxAnswer Inspect(string path)
    {
        PdfDocument document;
        try
        {
            document = PdfDocument.Open(path, Options);
        }
        catch (PdfDocumentEncryptedException)
        {
            return new SandboxAnswer([Fail(CheckCode.Encrypted, "password")]);
        }
        using (document)
        {
            if (document.IsEncrypted)
                return new SandboxAnswer([Passed(CheckCode.Opens), Fail(CheckCode.Encrypted, "restricted")], document.NumberOfPages);
            if (document.NumberOfPages == 0)
                return new SandboxAnswer([Fail(CheckCode.Opens, "noPages")], 0);
            if (document.NumberOfPages > MaxPages)
                return new SandboxAnswer([Passed(CheckCode.Opens), Fail(CheckCode.Size, "pages", Text(document.NumberOfPages), Text(MaxPages))], document.NumberOfPages);
            var objects = PdfObjects.Of(document, path);
            if (objects is null or { IsBomb: true })
                return new SandboxAnswer([Passed(CheckCode.Opens), Fail(CheckCode.Size, "complex")], document.NumberOfPages);
            var pages = Enumerable.Range(1, document.NumberOfPages).Select(number => Look(document, number)).ToList();
            return new SandboxAnswer(
                [
                    Numbers(pages, p => p.IsBroken) is { Length: > 0 } broken ? Fail(CheckCode.Opens, "brokenPages", broken) : Passed(CheckCode.Opens),
                    Passed(CheckCode.Encrypted),
                    Passed(CheckCode.Size),
                    objects.Active is { } reason ? Fail(CheckCode.Active, reason) : Passed(CheckCode.Active),
                    Blank(pages),
                    Legible(pages),
                ], document.NumberOfPages, objects.Signatures);
        }
    }

    private static PreflightCheck Blank(List<PageLook> pages) => Numbers(pages, p => p.IsBlank) switch
    {
        "" => Passed(CheckCode.Blank),
        _ when pages.TrueForAll(p => p.IsBlank) => Fail(CheckCode.Blank, "all"),
        var some => Warn(CheckCode.Blank, "some", some),
    };

    private static PreflightCheck Legible(List<PageLook> pages)
    {
        foreach (var (reason, test) in new (string, Func<PageLook, bool>)[] { ("resolution", p => p.IsCoarse), ("faint", p => p.IsFaint), ("blurred", p => p.IsBlurred) })
            if (Numbers(pages, test) is { Length: > 0 } found)
                return Warn(CheckCode.Legible, reason, found);
        return Passed(CheckCode.Legible);
    }

    private static PageLook Look(PdfDocument document, int number)
    {
        try
        {
            return PageLook.Of(document.GetPage(number), number <= MeasuredPages);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new PageLook { IsBroken = true };
        }
    }

    /// <summary>"2, 5, 7…": the first ten, that is enough to find them.</summary>
    private static string Numbers(List<PageLook> pages, Func<PageLook, bool> test)
    {
        var numbers = pages.Index().Where(p => test(p.Item)).Select(p => Text(p.Index + 1)).ToList();
        return string.Join(", ", numbers.Take(10)) + (numbers.Count > 10 ? "…" : "");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
