using System.Globalization;

namespace HaLong.Dossiers.Statistics;

/// <summary>A month, quarter or year as the interface names it: 2026-03, 2026-Q1, 2026. Which years may be asked for is for the asker to say.</summary>
/// <param name="From">First local day.</param>
/// <param name="Months">1, 3 or 12.</param>
internal readonly record struct PeriodName(DateOnly From, int Months)
{
    /// <summary>Last local day.</summary>
    public DateOnly To => From.AddMonths(Months).AddDays(-1);

    /// <summary>Null for what is no period. The year after the last one must still be a date.</summary>
    public static PeriodName? Parse(string text)
    {
        if (text.Length is not (4 or 7) || !int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1 or > 9998)
            return null;
        return text[4..] switch
        {
            "" => new PeriodName(new DateOnly(year, 1, 1), 12),
            ['-', 'Q', >= '1' and <= '4' and var quarter] => new PeriodName(new DateOnly(year, ((quarter - '1') * 3) + 1, 1), 3),
            ['-', .. { Length: 2 } number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var month)
                && month is >= 1 and <= 12 => new PeriodName(new DateOnly(year, month, 1), 1),
            _ => null,
        };
    }
}
