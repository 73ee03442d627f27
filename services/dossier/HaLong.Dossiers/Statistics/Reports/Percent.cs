namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>Shares as reports give them.</summary>
internal static class Percent
{
    // Dividing by it takes the noughts at the end away: 75.00 is written 75.
    private const decimal Plain = 1.0000000000000000000000000000m;

    /// <summary>Two decimals, halves away from zero; null where there is nothing to take a share of.</summary>
    public static decimal? Of(long part, long of) => of <= 0 ? null : Round(100m * part / of);

    public static decimal Round(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero) / Plain;

    /// <summary>Working minutes as days of eight hours.</summary>
    public static decimal Days(int minutes) => Round(minutes / 480m);
}
