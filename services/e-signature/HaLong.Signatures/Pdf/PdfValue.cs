namespace HaLong.Signatures.Pdf;

/// <summary>A PDF object as the file wrote it (ISO 32000-1 §7.3), without interpretation.</summary>
internal abstract record PdfValue;

internal sealed record PdfNull : PdfValue
{
    public static readonly PdfNull Instance = new();
}

internal sealed record PdfBoolean(bool Value) : PdfValue;

/// <summary>Keeps the written form, so that rewriting an object never changes a number.</summary>
internal sealed record PdfNumber(string Text) : PdfValue
{
    /// <summary>Not a number when it is none.</summary>
    public double Number => double.TryParse(Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
        out var n) ? n : double.NaN;

    public long? Integer => long.TryParse(Text, System.Globalization.NumberStyles.AllowLeadingSign,
        System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : null;
}

internal sealed record PdfName(string Value) : PdfValue;

/// <summary>Start and End are the offsets of the token with its delimiters: the signature check compares them with the ByteRange.</summary>
internal sealed record PdfString(byte[] Bytes, int Start, int End, bool IsHex) : PdfValue;

internal sealed record PdfArray(IReadOnlyList<PdfValue> Items) : PdfValue;

internal sealed record PdfReference(int Number, int Generation) : PdfValue;

internal sealed record PdfStream(PdfDictionary Dictionary, int Start, int Length) : PdfValue;

internal sealed record PdfDictionary(IReadOnlyDictionary<string, PdfValue> Entries) : PdfValue
{
    public PdfValue? this[string key] => Entries.GetValueOrDefault(key);

    public string? Name(string key) => (this[key] as PdfName)?.Value;

    public long? Integer(string key) => (this[key] as PdfNumber)?.Integer;

    public PdfDictionary With(string key, PdfValue value) =>
        new(new Dictionary<string, PdfValue>(Entries, StringComparer.Ordinal) { [key] = value });
}
