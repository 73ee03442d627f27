namespace HaLong.Identity.Domain;

/// <summary>The 12-digit personal number. Printing it gives the masked form, so it cannot leak through a log line by accident.</summary>
internal sealed record PersonalNumber
{
    private PersonalNumber(string value) => Value = value;

    public string Value { get; }

    public string LastFour => Value[8..];

    public static PersonalNumber? TryParse(string? text) =>
        text is { Length: 12 } && text.All(char.IsAsciiDigit) ? new PersonalNumber(text) : null;

    /// <summary>The form shown by default: <c>022*******23</c>.</summary>
    public override string ToString() => $"{Value[..3]}*******{Value[10..]}";
}
