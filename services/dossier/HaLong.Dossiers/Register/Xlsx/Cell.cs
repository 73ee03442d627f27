namespace HaLong.Dossiers.Register.Xlsx;

/// <summary>A cell: a text, a number or a local moment.</summary>
internal readonly record struct Cell(string? Text, double? Number, CellStyle Style)
{
    private static readonly DateTime Epoch = new(1899, 12, 30);

    /// <summary>What a program may take for a formula or a command when the cell is edited or saved as CSV.</summary>
    private const string Commanding = "=+-@\t\r\n|";

    /// <summary>A text, never a formula: what looks like one is marked to stay a text when somebody edits it.</summary>
    public static Cell Of(string? text) =>
        new(text ?? "", null, text is { Length: > 0 } && Commanding.Contains(text[0], StringComparison.Ordinal) ? CellStyle.Quoted : CellStyle.Text);

    public static Cell Of(int number) => new(null, number, CellStyle.Number);

    /// <summary>A number in the look of a style.</summary>
    public static Cell Of(double number, CellStyle style) => new(null, number, style);

    /// <summary>A day.</summary>
    public static Cell Of(DateOnly day, CellStyle style = CellStyle.Date) => new(null, (day.ToDateTime(TimeOnly.MinValue) - Epoch).TotalDays, style);

    /// <summary>A date with its time.</summary>
    public static Cell Of(DateTime local) => new(null, (local - Epoch).TotalDays, CellStyle.Moment);
}

/// <summary>Places in the style table of <see cref="XlsxParts"/>.</summary>
internal enum CellStyle
{
    Plain = 0,
    Title = 1,
    Head = 2,
    Text = 3,
    Quoted = 4,
    Number = 5,
    Moment = 6,
    Count = 7,

    /// <summary>A share: 0.5 is shown as 50%.</summary>
    Percent = 8,

    /// <summary>With one decimal.</summary>
    Days = 9,
    Money = 10,
    Date = 11,

    // The same in bold, for a row of totals.
    TotalText = 12,
    TotalCount = 13,
    TotalPercent = 14,
    TotalDays = 15,
    TotalMoney = 16,
    TotalDate = 17,
}
