using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace HaLong.Dossiers.Register.Xlsx;

/// <summary>What a workbook of one sheet says about itself, and its columns.</summary>
internal sealed record XlsxSheet(string Name, string Title, string Description, string Creator, DateTimeOffset At, IReadOnlyList<(string Title, int Width)> Columns);

/// <summary>
/// Writes a workbook (ECMA-376) to a stream while its rows come; only those since the last <see cref="FlushAsync"/> are in memory. See
/// docs/decisions/0032 for why not by a library.
/// </summary>
internal sealed class XlsxWriter : IAsyncDisposable
{
    /// <summary>Most characters of a cell.</summary>
    private const int MaxText = 32_767;

    private readonly ZipArchive archive;
    private readonly Stream sheet;
    private readonly StringBuilder text = new();
    private int rows;

    private XlsxWriter(ZipArchive archive, Stream sheet) => (this.archive, this.sheet) = (archive, sheet);

    public static async Task<XlsxWriter> BeginAsync(Stream to, XlsxSheet about, CancellationToken ct)
    {
        var archive = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var (name, content) in XlsxParts.Of(about))
        {
            await using var part = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
            await part.WriteAsync(Encoding.UTF8.GetBytes(content), ct);
        }
        var sheet = await archive.CreateEntry(XlsxParts.SheetName, CompressionLevel.Fastest).OpenAsync(ct);
        var writer = new XlsxWriter(archive, sheet);
        writer.text.Append(XlsxParts.SheetHead(about));
        writer.Row(new Cell(about.Title, null, CellStyle.Title));
        writer.Row();
        writer.Row([.. about.Columns.Select(c => new Cell(c.Title, null, CellStyle.Head))]);
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
        await sheet.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
        text.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        text.Append(XlsxParts.SheetTail);
        await FlushAsync(CancellationToken.None);
        await sheet.DisposeAsync();
        await archive.DisposeAsync();
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
