namespace HaLong.Dossiers.Register.Xlsx;

/// <summary>The style table, in the order of <see cref="CellStyle"/>.</summary>
internal static class XlsxStyles
{
    /// <summary>Own number formats begin here.</summary>
    private const int Moment = 164, Days = 165, Day = 166;

    // The format's own numbers of what every program knows: #,##0 and 0.00%.
    private const int Whole = 3, Share = 10;

    public static readonly string Content = $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <numFmts count="3"><numFmt numFmtId="{Moment}" formatCode="dd/mm/yyyy\ hh:mm"/><numFmt numFmtId="{Days}" formatCode="#,##0.0"/><numFmt numFmtId="{Day}" formatCode="dd/mm/yyyy"/></numFmts>
        <fonts count="3"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="14"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
        <cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="18">
        <xf/>
        <xf fontId="1" applyFont="1"/>
        <xf fontId="2" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>
        <xf borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf borderId="1" applyBorder="1" applyAlignment="1" quotePrefix="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf borderId="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="top"/></xf>
        <xf numFmtId="{Moment}" borderId="1" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="top"/></xf>
        {Figures(0)}
        <xf fontId="2" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        {Figures(2)}
        </cellXfs>
        </styleSheet>
        """;

    // Count, percent, days, money and date, in this order.
    private static string Figures(int font) => string.Concat(new[] { Whole, Share, Days, Whole, Day }.Select(format =>
        $"""<xf numFmtId="{format}" fontId="{font}" borderId="1" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="right" vertical="top"/></xf>"""));
}
