namespace HaLong.Signatures.Pdf;

/// <summary>How a signature shows on a page.</summary>
/// <param name="QrText">What the QR code holds, usually an address under which the document is verified; empty for none.</param>
/// <param name="Page">Which page, from 1; the last one when null.</param>
/// <param name="Place">Where on it, points from the lower left corner of the page as written; the first free place at the bottom when null.</param>
internal sealed record SignatureAppearance(string QrText = "", int? Page = null, PdfBox? Place = null);

/// <summary>Where the widget of a signature goes.</summary>
/// <param name="Page">On which page.</param>
/// <param name="Box">Where, in the coordinates of the page.</param>
internal sealed record SignaturePlace(PdfPage Page, PdfBox Box)
{
    private const double Width = 176, Height = 56, Margin = 24, Gap = 6;
    private const double LeastWidth = 60, LeastHeight = 24;

    /// <exception cref="PdfException">There is no such page, or no room.</exception>
    public static SignaturePlace Find(PdfFile file, SignatureAppearance appearance)
    {
        var page = appearance.Page is { } number ? PageTree.Find(file, number) : PageTree.Last(file);
        if (page is null)
            throw new PdfException(PdfFault.NoPlace, "There is no such page.");
        if (appearance.Place is { } place)
            return page.Box.Contains(place) && Math.Min(place.Width, place.Height) >= LeastHeight && Math.Max(place.Width, place.Height) >= LeastWidth
                ? new SignaturePlace(page, place) : throw new PdfException(PdfFault.NoPlace, "The place is outside the page or too small.");
        var taken = (file.Array(page.Dictionary["Annots"])?.Items ?? []).Select(a => PdfBox.Of(file, file.Dictionary(a)?["Rect"])).OfType<PdfBox>()
            .Where(b => b is { Width: > 0, Height: > 0 }).ToList();
        return Candidates(page).Select(box => new SignaturePlace(page, box)).FirstOrDefault(p => !taken.Exists(p.Box.Meets))
            ?? throw new PdfException(PdfFault.NoPlace, "The page has no free place for a signature.");
    }

    /// <summary>Places in rows from the lower edge upwards, as the page is seen.</summary>
    private static IEnumerable<PdfBox> Candidates(PdfPage page)
    {
        var turned = page.Rotation is 90 or 270;
        var (seenWidth, seenHeight) = turned ? (page.Box.Height, page.Box.Width) : (page.Box.Width, page.Box.Height);
        var (margin, width) = (Math.Min(Margin, seenWidth / 20), Math.Min(Width, seenWidth * 0.9));
        var height = Math.Min(Height, seenHeight / 3);
        if (width < LeastWidth || height < LeastHeight)
            yield break;
        for (var y = Math.Min(Margin, seenHeight / 20); y + height <= seenHeight; y += height + Gap)
            for (var x = margin; x + width <= seenWidth; x += width + Gap)
                yield return OnPage(page, x, y, width, height);
    }

    private static PdfBox OnPage(PdfPage page, double x, double y, double width, double height)
    {
        var box = page.Box;
        return page.Rotation switch
        {
            90 => new PdfBox(box.X2 - y - height, box.Y1 + x, box.X2 - y, box.Y1 + x + width),
            180 => new PdfBox(box.X2 - x - width, box.Y2 - y - height, box.X2 - x, box.Y2 - y),
            270 => new PdfBox(box.X1 + y, box.Y2 - x - width, box.X1 + y + height, box.Y2 - x),
            _ => new PdfBox(box.X1 + x, box.Y1 + y, box.X1 + x + width, box.Y1 + y + height),
        };
    }
}
