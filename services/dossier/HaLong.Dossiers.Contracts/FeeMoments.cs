using System.Globalization;

namespace HaLong.Dossiers.Contracts;

/// <summary>Moments of charging: payment opens one request for each of a dossier, and names it in its events.</summary>
public static class FeeMoments
{
    /// <summary>At filing.</summary>
    public const string AtFiling = "atFiling";

    private const string Demand = "demand-";

    /// <summary>The n-th demand in the course of handling.</summary>
    public static string OfDemand(int number) => Demand + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of a demand; null for another moment.</summary>
    public static int? DemandOf(string? moment) =>
        moment?.StartsWith(Demand, StringComparison.Ordinal) == true
        && int.TryParse(moment.AsSpan(Demand.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
