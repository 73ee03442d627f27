namespace HaLong.Signatures.Pdf;

/// <summary>A page with what it inherits.</summary>
/// <param name="Reference">Its object.</param>
/// <param name="Dictionary">As it is written.</param>
/// <param name="Box">What is shown of it: x1, y1, x2, y2, in points.</param>
/// <param name="Rotation">Degrees clockwise by which it is turned when shown: 0, 90, 180, 270.</param>
internal sealed record PdfPage(PdfReference Reference, PdfDictionary Dictionary, PdfBox Box, int Rotation);

/// <summary>A rectangle in points from the lower left corner.</summary>
internal sealed record PdfBox(double X1, double Y1, double X2, double Y2)
{
    public double Width => X2 - X1;

    public double Height => Y2 - Y1;

    public bool Meets(PdfBox other) => X1 < other.X2 && other.X1 < X2 && Y1 < other.Y2 && other.Y1 < Y2;

    public bool Contains(PdfBox other) => other.X1 >= X1 && other.X2 <= X2 && other.Y1 >= Y1 && other.Y2 <= Y2;

    /// <summary>Null when it is no rectangle.</summary>
    public static PdfBox? Of(PdfFile file, PdfValue? value) => file.Array(value)?.Items is { Count: 4 } items
        && items.Select(i => file.Resolve(i) is PdfNumber n ? n.Number : double.NaN).ToArray() is var n && n.All(double.IsFinite)
        ? new PdfBox(Math.Min(n[0], n[2]), Math.Min(n[1], n[3]), Math.Max(n[0], n[2]), Math.Max(n[1], n[3]))
        : null;
}

/// <summary>Finds pages by their place in the document.</summary>
internal static class PageTree
{
    private const int MaxDepth = 64;
    private const int MaxPages = 100_000;

    /// <summary>The last page.</summary>
    /// <exception cref="PdfException">There is none.</exception>
    public static PdfPage Last(PdfFile file) => Leaves(file, fromEnd: true).FirstOrDefault() ?? throw PdfException.Malformed("The file has no page.");

    /// <param name="file">The file.</param>
    /// <param name="number">From 1.</param>
    /// <returns>Null when there is no such page.</returns>
    public static PdfPage? Find(PdfFile file, int number) => number < 1 ? null : Leaves(file, fromEnd: false).Skip(number - 1).FirstOrDefault();

    private static IEnumerable<PdfPage> Leaves(PdfFile file, bool fromEnd)
    {
        var (visited, found) = (new HashSet<int>(), 0);
        var stack = new Stack<(PdfValue? Node, PdfValue? Media, PdfValue? Crop, PdfValue? Rotate, int Depth)>();
        stack.Push((file.Catalog["Pages"], null, null, null, 0));
        while (stack.TryPop(out var at))
        {
            if (at.Node is not PdfReference reference || !visited.Add(reference.Number) || at.Depth > MaxDepth || found > MaxPages
                || file.Dictionary(reference) is not { } node)
                throw PdfException.Malformed("The page tree is broken.");
            // A page says what differs from its branch.
            var (media, crop, rotate) = (node["MediaBox"] ?? at.Media, node["CropBox"] ?? at.Crop, node["Rotate"] ?? at.Rotate);
            if (node["Kids"] is null)
            {
                found++;
                var box = PdfBox.Of(file, media) ?? new PdfBox(0, 0, 612, 792);
                var turned = (file.Resolve(rotate) as PdfNumber)?.Integer ?? 0;
                yield return new PdfPage(reference, node, PdfBox.Of(file, crop) is { } shown && box.Contains(shown) ? shown : box,
                    turned % 90 == 0 ? (int)(((turned % 360) + 360) % 360) : 0);
                continue;
            }

            var kids = file.Array(node["Kids"])?.Items ?? [];
            foreach (var kid in fromEnd ? kids : kids.Reverse())
                stack.Push((kid, media, crop, rotate, at.Depth + 1));
        }
    }
}
