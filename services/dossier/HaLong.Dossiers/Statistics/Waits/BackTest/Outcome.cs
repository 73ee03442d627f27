using HaLong.Dossiers.Statistics.Waits.Expected;

namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>What became of a dossier.</summary>
/// <param name="Ended">Day of the result; null while it is open.</param>
/// <param name="Minutes">Minutes of working time until the result; of an open one: so far.</param>
internal sealed record Outcome(string Procedure, string Unit, DateOnly Received, DateOnly? Ended, int Minutes);

/// <summary>What became of dossiers, beside what was said of them. Sums can be added.</summary>
/// <param name="Count">Dossiers of which it is known.</param>
/// <param name="WithinHalf">Of them ready within what half were said to take.</param>
/// <param name="WithinMost">The same with nine of ten.</param>
/// <param name="Ended">Of them those with a result; the others are known to be late.</param>
/// <param name="Error">Minutes of working time more than said for half, of those with a result; less where below zero.</param>
/// <param name="Absolute">The same without the sign.</param>
/// <param name="Unsaid">Filed when nothing could be said.</param>
/// <param name="Open">Not ready yet and not longer open than was said for nine of ten: nothing is known of them.</param>
internal readonly record struct AccuracySums(int Count, int WithinHalf, int WithinMost, int Ended, long Error, long Absolute, int Unsaid, int Open)
{
    /// <summary>Of one dossier and what was said when it was filed.</summary>
    public static AccuracySums Of(Outcome outcome, WaitSample? said)
    {
        if (said is null)
            return new() { Unsaid = 1 };
        var (half, most) = (said.Percentile(0.5), said.Percentile(0.9));
        // Open for longer than was said is known to be late; open for less says nothing.
        if (outcome.Ended is null)
            return outcome.Minutes <= most ? new() { Open = 1 } : new() { Count = 1 };
        var error = outcome.Minutes - half;
        return new(1, outcome.Minutes <= half ? 1 : 0, outcome.Minutes <= most ? 1 : 0, 1, error, Math.Abs(error), 0, 0);
    }

    public static AccuracySums operator +(AccuracySums a, AccuracySums b) => new(
        a.Count + b.Count, a.WithinHalf + b.WithinHalf, a.WithinMost + b.WithinMost, a.Ended + b.Ended, a.Error + b.Error, a.Absolute + b.Absolute,
        a.Unsaid + b.Unsaid, a.Open + b.Open);
}

/// <summary>Weeks begin on Monday; a dossier belongs to the one in which it was filed.</summary>
internal static class Weeks
{
    /// <summary>The Monday of the week of a day.</summary>
    public static DateOnly Of(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
