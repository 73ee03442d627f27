using System.Globalization;
using System.Text;

namespace HaLong.Dossiers.Register.Xlsx;

/// <summary>The parts of the package besides the rows.</summary>
internal static class XlsxParts
{
    public const string SheetName = "xl/worksheets/sheet1.xml";

    /// <summary>Rows above the data: title, blank, headings.</summary>
    private const int HeadRows = 3;

    private const string Prolog = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    public const string SheetTail = """</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>"""
        + """<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;CTrang &amp;P/&amp;N</oddFooter></headerFooter></worksheet>""";

    public static IEnumerable<(string Name, string Content)> Of(XlsxSheet about)
    {
        yield return ("[Content_Types].xml", Prolog + """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
            """);
        yield return ("_rels/.rels", $"{Prolog}<Relationships xmlns=\"{Packages}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/>"
            + "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>");
        yield return ("docProps/core.xml", Core(about));
        yield return ("xl/_rels/workbook.xml.rels", $"{Prolog}<Relationships xmlns=\"{Packages}\"><Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            + $"<Relationship Id=\"rId2\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>");
        var name = XlsxWriter.Escape(about.Name);
        // The headings come again on each printed page.
        yield return ("xl/workbook.xml", $"{Prolog}<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
            + $"<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'{name}'!${HeadRows}:${HeadRows}</definedName></definedNames></workbook>");
        yield return ("xl/styles.xml", XlsxStyles.Content);
    }

    public static string SheetHead(XlsxSheet about)
    {
        var columns = new StringBuilder();
        foreach (var (index, column) in about.Columns.Index())
            columns.Append(CultureInfo.InvariantCulture, $"<col min=\"{index + 1}\" max=\"{index + 1}\" width=\"{column.Width}\" customWidth=\"1\"/>");
        return $"{Prolog}<worksheet xmlns=\"{Main}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\">"
            + $"<pane ySplit=\"{HeadRows}\" topLeftCell=\"A{HeadRows + 1}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>{columns}</cols><sheetData>";
    }

    /// <summary>A, B … Z, AA.</summary>
    public static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString() : Column(index / 26 - 1) + (char)('A' + index % 26);

    private static string Core(XlsxSheet about) => Prolog
        + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        + "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        + $"<dc:title>{XlsxWriter.Escape(about.Title)}</dc:title><dc:description>{XlsxWriter.Escape(about.Description)}</dc:description>"
        + $"<dc:creator>{XlsxWriter.Escape(about.Creator)}</dc:creator><dc:language>vi, en</dc:language>"
        + $"<dcterms:created xsi:type=\"dcterms:W3CDTF\">{about.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</dcterms:created></cp:coreProperties>";
}
