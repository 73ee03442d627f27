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
}
