namespace HaLong.Bench.Load;

/// <summary>
/// Finds the highest rate that passes: half as much again until one fails, then between the last good and the first bad one. When already the
/// first fails, it goes down by halves.
/// </summary>
internal static class RateSearch
{
    private const double Growth = 1.5;
    private const double Lowest = 0.5;
    private const int Refinements = 3;

    /// <returns>The highest rate that passed; 0 when none did.</returns>
    public static async Task<double> HighestAsync(double start, double max, Func<double, Task<bool>> passes)
    {
        var (good, bad) = (0.0, double.NaN);
        for (var rate = start; double.IsNaN(bad) && rate <= max; rate *= Growth)
        {
            if (await PassesAsync(rate))
            {
                good = rate;
            }
            else
            {
                bad = rate;
            }
        }

        for (var rate = start / 2; good == 0 && rate >= Lowest; rate /= 2)
        {
            if (await PassesAsync(rate))
            {
                good = rate;
            }
            else
            {
                bad = rate;
            }
        }

        for (var i = 0; i < Refinements && !double.IsNaN(bad) && good > 0; i++)
        {
            var middle = (good + bad) / 2;
            if (await PassesAsync(middle))
            {
                good = middle;
            }
            else
            {
                bad = middle;
            }
        }

        return good;

        // A second chance: on a shared machine one pause of a neighbour spoils a step that the platform would have passed.
        async Task<bool> PassesAsync(double rate) => await passes(rate) || await passes(rate);
    }
}
