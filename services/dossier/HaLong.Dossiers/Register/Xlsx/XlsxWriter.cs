using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace HaLong.Dossiers.Register.Xlsx;

/// <summary>What a workbook of one sheet says about itself, and its columns.</summary>
internal sealed record XlsxSheet(string Name, string Title, string Description, string Creator, DateTimeOffset At, IReadOnlyList<(string Title, int Width)> Columns)
{
    /// <summary>Stands under the title.</summary>
    public string Subtitle { get; init; } = "";
}

/// <summary>
/// Writes a workbook (ECMA-376) to a stream while its rows come; only those since the last <see cref="FlushAsync"/> are in memory. See
/// docs/decisions/0032 for why not by a library.
/// </summary>
internal sealed class XlsxWriter : IAsyncDisposable
{
    /// <summary>Most characters of a cell.</summary>
    private const int MaxText = 32_767;

    private readonly HeldStream held;
    private readonly ZipArchive archive;
    private readonly Stream sheet;
    private readonly StringBuilder text = new();
    private int rows;

    private XlsxWriter(HeldStream held, ZipArchive archive, Stream sheet) => (this.held, this.archive, this.sheet) = (held, archive, sheet);

    public static async Task<XlsxWriter> BeginAsync(Stream to, XlsxSheet about, CancellationToken ct)
    {
        var held = new HeldStream(to);
        var archive = new ZipArchive(held, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, content) in XlsxParts.Of(about))
        {
            using var part = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
            part.Write(Encoding.UTF8.GetBytes(content));
        }
        var writer = new XlsxWriter(held, archive, archive.CreateEntry(XlsxParts.SheetName, CompressionLevel.Fastest).Open());
        writer.text.Append(XlsxParts.SheetHead(about));
        writer.Row(new Cell(about.Title, null, CellStyle.Title));
        writer.Row(new Cell(about.Subtitle, null, CellStyle.Plain));
        writer.Row([.. about.Columns.Select(c => new Cell(c.Title, null, CellStyle.Head))]);
        await writer.FlushAsync(ct);
        return writer;
    }

    public void Row(params ReadOnlySpan<Cell> cells)
    {
        text.Append(CultureInfo.InvariantCulture, $"<row r=\"{++rows}\">");
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = cells[i];
            text.Append(CultureInfo.InvariantCulture, $"<c r=\"{XlsxParts.Column(i)}{rows}\" s=\"{(int)cell.Style}\"");
            if (cell.Number is { } number)
                text.Append(CultureInfo.InvariantCulture, $"><v>{number:R}</v></c>");
            else if (string.IsNullOrEmpty(cell.Text))
                text.Append("/>");
            else
                text.Append(CultureInfo.InvariantCulture, $" t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escape(cell.Text)}</t></is></c>");
        }
        text.Append("</row>");
    }

    public async Task FlushAsync(CancellationToken ct)
    {
        sheet.Write(Encoding.UTF8.GetBytes(text.ToString()));
        text.Clear();
        await held.DrainAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        text.Append(XlsxParts.SheetTail);
        await FlushAsync(CancellationToken.None);
        sheet.Dispose();
        archive.Dispose();
        await held.DrainAsync(CancellationToken.None);
        await held.DisposeAsync();
    }

    /// <summary>Text for XML; characters that XML does not know are left out.</summary>
    internal static string Escape(string value)
    {
        var clean = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length && clean.Length < MaxText; i++)
        {
            if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]))
                clean.Append(value[i]).Append(value[++i]);
            else if (XmlConvert.IsXmlChar(value[i]))
                clean.Append(value[i]);
        }
        return clean.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").ToString();
    }
}
