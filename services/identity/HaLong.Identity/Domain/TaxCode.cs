namespace HaLong.Identity.Domain;

/// <summary>
/// A tax code, which is also the code of an enterprise: 10 digits, 10 and the number of a dependent unit, or the personal number of
/// somebody who trades under it (since 1 July 2025). A wrong check digit is a warning only: the register decides, not arithmetic.
/// </summary>
internal sealed record TaxCode
{
    private static readonly int[] Weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

    private TaxCode(string value, string form) => (Value, Form) = (value, form);

    public string Value { get; }

    /// <summary>base10, dependent13 or personalId12.</summary>
    public string Form { get; }

    /// <summary>The check digit that the other digits ask for; null where there is none.</summary>
    public int? CheckDigit => Form == "personalId12" ? null : CheckDigitOf(Value[..9]);

    public IReadOnlyList<Warning> Warnings => Form == "personalId12" ? []
        : CheckDigit is not { } digit ? [Warning.ChecksumNotIssuable]
        : digit != Value[9] - '0' ? [Warning.Checksum]
        : [];

    /// <summary>The code, or why it can be none: FORMAT or DEPENDENT_NUMBER_ZERO.</summary>
    public static (TaxCode? Code, string? Fault) Parse(string? text) => text switch
    {
        { Length: 10 } when Digits(text) => (new TaxCode(text, "base10"), null),
        { Length: 12 } when Digits(text) => (new TaxCode(text, "personalId12"), null),
        { Length: 14 } when text[10] == '-' && Digits(text[..10]) && Digits(text[11..]) => text.EndsWith("000", StringComparison.Ordinal)
            ? (null, "DEPENDENT_NUMBER_ZERO")
            : (new TaxCode(text, "dependent13"), null),
        _ => (null, "FORMAT"),
    };

    /// <summary>The check digit of nine digits; null when the rule gives ten, which is never issued.</summary>
    internal static int? CheckDigitOf(string nine)
    {
        var digit = 10 - (Weights.Select((w, i) => w * (nine[i] - '0')).Sum() % 11);
        return digit == 10 ? null : digit;
    }

    public override string ToString() => Value;

    private static bool Digits(string text) => text.All(char.IsAsciiDigit);
}
