namespace HaLong.Dossiers.Statistics.Waits.BackTest;

/// <summary>How well the expectation of a week held.</summary>
/// <param name="From">Its Monday.</param>
/// <param name="Count">Dossiers filed that week of which it is known.</param>
/// <param name="WithinHalf">Of them ready within what half were said to take.</param>
/// <param name="WithinMost">The same with nine of ten.</param>
internal sealed record WeekAccuracy(DateOnly From, int Count, int WithinHalf, int WithinMost);

/// <summary>How well the expectation held for what was filed in the weeks that begin in a period and are over.</summary>
/// <param name="AsOf">What is told is as of then; null: no week of it has been looked at.</param>
/// <param name="HalfPercent">Should be near 50.</param>
/// <param name="MostPercent">Should be near 90.</param>
/// <param name="MeanErrorDays">How many working days longer than said for half they took, in the mean; below zero: shorter.</param>
/// <param name="MeanAbsoluteErrorDays">The same without the sign.</param>
/// <param name="Unsaid">Filed when nothing could be said: too few before them.</param>
/// <param name="Open">Not ready yet and not longer open than was said for nine of ten: nothing is known of them.</param>
internal sealed record Accuracy(
    DateOnly From, DateOnly To, DateTimeOffset? AsOf, int Count, decimal? HalfPercent, decimal? MostPercent, decimal? MeanErrorDays,
    decimal? MeanAbsoluteErrorDays, int Unsaid, int Open, IReadOnlyList<WeekAccuracy> Weeks)
{
    /// <param name="span">The period.</param>
    /// <param name="asOf">When the oldest of it was made.</param>
    /// <param name="weeks">In order.</param>
    /// <param name="perDay">Minutes of a working day.</param>
    public static Accuracy Of(DaySpan span, DateTimeOffset? asOf, IReadOnlyList<(DateOnly Week, AccuracySums Sums)> weeks, int perDay)
    {
        var all = weeks.Aggregate(new AccuracySums(), (sum, week) => sum + week.Sums);
        return new Accuracy(
            span.From, span.To, asOf, all.Count, Percent(all.WithinHalf), Percent(all.WithinMost), Days(all.Error), Days(all.Absolute), all.Unsaid, all.Open,
            [.. weeks.Select(w => new WeekAccuracy(w.Week, w.Sums.Count, w.Sums.WithinHalf, w.Sums.WithinMost))]);

        decimal? Percent(int part) => all.Count == 0 ? null : Math.Round(part * 100m / all.Count, 1, MidpointRounding.AwayFromZero);
        decimal? Days(long minutes) => all.Ended == 0 ? null : Math.Round((decimal)minutes / all.Ended / perDay, 2, MidpointRounding.AwayFromZero);
    }
}
