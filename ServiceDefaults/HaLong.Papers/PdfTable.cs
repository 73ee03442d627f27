using HaLong.Papers.Pdf;

namespace HaLong.Papers;

/// <summary>A column of a table: title, share of the width, alignment.</summary>
public sealed record Column(string Title, float Share, Align Align = Align.Left);

/// <summary>A table on a sheet. Rows stay together; only one that is longer than a page goes on over the next.</summary>
internal sealed class PdfTable(PdfSheet sheet, TaggedPdf pdf, IReadOnlyList<Column> columns, float size)
{
    private const float Padding = 3, Frame = 5;
    private readonly float line = size * 1.4f;

    public void Write(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<string>? totals = null)
    {
        var head = Wrap([.. columns.Select(c => c.Title)], bold: true);
        var headHeight = HeightOf(head);
        pdf.Tags.Begin("Table");
        sheet.EnsureRoom(headHeight + line + Frame);
        Row(head, isHead: true, bold: true);
        foreach (var row in totals is null ? rows : [.. rows, totals])
        {
            var bold = ReferenceEquals(row, totals);
            var cells = Wrap(row, bold);
            if (sheet.Y + HeightOf(cells) > sheet.Bottom)
                Break(head);
            while (HeightOf(cells) > sheet.Bottom - sheet.Y)
            {
                var fit = Math.Max(1, (int)((sheet.Bottom - sheet.Y - Frame) / line));
                Row([.. cells.Select(c => c.Take(fit).ToList())], isHead: false, bold);
                cells = [.. cells.Select(c => c.Skip(fit).ToList())];
                Break(head);
            }
            Row(cells, isHead: false, bold);
        }
        pdf.Tags.End();
    }

    // The head was read out once: from now on it is decoration, in no part of the tree.
    private void Break(List<List<string>> head)
    {
        sheet.NewPage();
        pdf.Decorate(() => Cells(head, isHead: true, bold: true));
    }

    private void Row(List<List<string>> cells, bool isHead, bool bold)
    {
        pdf.Tags.Begin("TR");
        Cells(cells, isHead, bold, tagged: true);
        pdf.Tags.End();
    }

    private void Cells(List<List<string>> cells, bool isHead, bool bold, bool tagged = false)
    {
        var (x, top, height) = (sheet.Left, sheet.Y, HeightOf(cells));
        foreach (var (cell, column) in cells.Zip(columns))
        {
            var width = sheet.Width * column.Share;
            pdf.Box(x, top, width, height);
            if (tagged)
                pdf.Tags.Begin(isHead ? "TH" : "TD", isHead ? "/A<</O/Table/Scope/Column>>" : "");
            sheet.Y = top + 2;
            foreach (var row in cell)
                sheet.Draw(row, PdfSheet.FontOf(bold), size, isHead ? Align.Center : column.Align, x + Padding, x + width - Padding);
            if (tagged)
                pdf.Tags.End();
            x += width;
        }
        sheet.Y = top + height;
    }

    private List<List<string>> Wrap(IReadOnlyList<string> cells, bool bold) =>
        [.. cells.Zip(columns, (text, column) => Lines.Wrap(text, PdfSheet.FontOf(bold), size, sheet.Width * column.Share - 2 * Padding))];

    private float HeightOf(List<List<string>> cells) => cells.Max(c => c.Count) * line + Frame;
}
