namespace HaLong.Identity.Domain;

/// <summary>
/// The 12-digit personal number: place of birth registration (3), century and sex (1), year (2), random (6); it has no check digit
/// (Decree 137/2015/NĐ-CP art. 13, Circular 59/2021/TT-BCA). Printing it gives the masked form, so it cannot leak through a log line.
/// </summary>
internal sealed record PersonalNumber
{
    public const string Male = "male";
    public const string Female = "female";

    private PersonalNumber(string value) => Value = value;

    public string Value { get; }

    public string LastFour => Value[8..];

    public string ProvinceCode => Value[..3];

    /// <summary>Null for a code outside the table: codes of foreign countries exist, and new ones may.</summary>
    public string? ProvinceName => ProvinceCodes.NameOf(ProvinceCode);

    /// <summary>male or female, as registered at birth; it may have been corrected since.</summary>
    public string Sex => (Value[3] - '0') % 2 == 0 ? Male : Female;

    public int BirthYear => 1900 + ((Value[3] - '0') / 2 * 100) + ((Value[4] - '0') * 10) + (Value[5] - '0');

    /// <summary>Null unless it is exactly twelve ASCII digits.</summary>
    public static PersonalNumber? TryParse(string? text) =>
        text is { Length: 12 } && text.All(char.IsAsciiDigit) ? new PersonalNumber(text) : null;

    /// <summary>What does not agree. Only warnings: the number is given by the State, and registers are corrected.</summary>
    public IReadOnlyList<Warning> Warnings(DateOnly today, DateOnly? birthDate = null, string? sex = null)
    {
        var warnings = new List<Warning>();
        if (ProvinceName is null)
            warnings.Add(Warning.UnknownProvince);
        if (BirthYear > today.Year)
            warnings.Add(Warning.BirthYearInFuture);
        if (birthDate is { } day && day.Year != BirthYear)
            warnings.Add(Warning.BirthYearMismatch);
        if (sex is not null && sex != Sex)
            warnings.Add(Warning.SexMismatch);
        return warnings;
    }

    /// <summary>The form shown by default: <c>022*******23</c>.</summary>
    public override string ToString() => $"{Value[..3]}*******{Value[10..]}";
}
