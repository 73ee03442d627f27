namespace HaLong.Dossiers.Deadlines;

/// <summary>
/// New moons and the longitude of the sun, after J. Meeus, Astronomical Algorithms, 2nd ed., chapters 25 and 49 (figures rounded to what moves
/// the result by more than a few seconds). Instants are Julian days of universal time. Good to about a minute between 1900 and 2100: no month
/// of these years begins so near to midnight in Vietnam that it mattered.
/// </summary>
internal static class Moon
{
    private const double Radian = Math.PI / 180, Epoch2000 = 2451545.0, SecondsPerDay = 86_400;

    // Amplitude in days; multiples of the sun's anomaly, the moon's anomaly and its argument of latitude; power of the eccentricity factor.
    private static readonly (double Days, int Sun, int Moon, int Latitude, int Eccentricity)[] Terms =
    [
        (-0.40720, 0, 1, 0, 0), (0.17241, 1, 0, 0, 1), (0.01608, 0, 2, 0, 0), (0.01039, 0, 0, 2, 0), (0.00739, -1, 1, 0, 1), (-0.00514, 1, 1, 0, 1),
        (0.00208, 2, 0, 0, 2), (-0.00111, 0, 1, -2, 0), (-0.00057, 0, 1, 2, 0), (0.00056, 1, 2, 0, 1), (-0.00042, 0, 3, 0, 0), (0.00042, 1, 0, 2, 1),
        (0.00038, 1, 0, -2, 1), (-0.00024, -1, 2, 0, 1), (-0.00007, 2, 1, 0, 0), (0.00004, 0, 2, -2, 0), (0.00004, 3, 0, 0, 0), (0.00003, 1, 1, -2, 0),
        (0.00003, 0, 2, 2, 0), (-0.00003, 1, 1, 2, 0), (0.00003, -1, 1, 2, 0),
    ];

    // The planets' pull: phase, change per lunation (degrees), amplitude in days.
    private static readonly (double Phase, double Rate, double Days)[] Planets =
    [
        (299.77, 0.107408, 0.000325), (251.88, 0.016321, 0.000165), (251.83, 26.651886, 0.000164), (349.42, 36.412478, 0.000126),
        (84.66, 18.206239, 0.000110), (141.74, 53.303771, 0.000062), (207.14, 2.453732, 0.000060), (154.84, 7.306860, 0.000056),
    ];

    /// <summary>The new moon of a lunation; number 0 is that of 6 January 2000.</summary>
    public static double NewMoon(int lunation)
    {
        double k = lunation, t = k / 1236.85, e = 1 - 0.002516 * t;
        var sun = 2.5534 + 29.10535670 * k;
        var moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
        var latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
        var mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
        var correction = Terms.Sum(term => term.Days * Math.Pow(e, term.Eccentricity) * Sin(term.Sun * sun + term.Moon * moon + term.Latitude * latitude))
            - 0.00017 * Sin(124.7746 - 1.56375588 * k)
            + Planets.Sum(p => p.Days * Sin(p.Phase + p.Rate * k));
        return Universal(mean + correction);
    }

    /// <summary>Apparent longitude of the sun in degrees, 0 to 360.</summary>
    public static double SunLongitude(double day)
    {
        var t = (day + ClockDrift(day) - Epoch2000) / 36_525;
        var anomaly = 357.52911 + 35_999.05029 * t;
        var centre = (1.914602 - 0.004817 * t) * Sin(anomaly) + (0.019993 - 0.000101 * t) * Sin(2 * anomaly) + 0.000289 * Sin(3 * anomaly);
        var apparent = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * Sin(125.04 - 1_934.136 * t);
        return apparent - 360 * Math.Floor(apparent / 360);
    }

    /// <summary>The December solstice of a year: the sun at 270°.</summary>
    public static double WinterSolstice(int year)
    {
        var day = Epoch2000 + (year - 2000) * 365.2422 + 355;
        for (var i = 0; i < 6; i++)
            day += 58 * Sin(270 - SunLongitude(day));
        return day;
    }

    private static double Universal(double dynamical) => dynamical - ClockDrift(dynamical);

    // How far the turning earth lags behind even time, in days (Espenak and Meeus); a fit for 2005 to 2050 that is under half a minute off elsewhere.
    private static double ClockDrift(double day)
    {
        var years = (day - Epoch2000) / 365.25;
        return (62.92 + 0.32217 * years + 0.005589 * years * years) / SecondsPerDay;
    }

    private static double Sin(double degrees) => Math.Sin(degrees * Radian);
}
