using HaLong.Dossiers.Statistics.Cubes;

namespace HaLong.Dossiers.Statistics.Reports.Cube;

/// <summary>What a row of a report is made of.</summary>
/// <param name="In">Flows of the period and stocks at its end.</param>
/// <param name="Before">Stocks at the end of the day before it.</param>
/// <param name="ByPost">Of the flows those whose papers came by post.</param>
internal sealed record RowFigures(Figures In, Figures Before, Figures ByPost)
{
    public static readonly RowFigures None = new(Figures.None, Figures.None, Figures.None);

    public static RowFigures operator +(RowFigures a, RowFigures b) => new(a.In + b.In, a.Before + b.Before, a.ByPost + b.ByPost);
}

/// <summary>A column of a report: a count, a share of two other columns of it, or words.</summary>
internal sealed record ReportItem(string Key, string Vi, string En, ReportFormat Format)
{
    /// <summary>The count of a row, given the total of all rows too.</summary>
    public Func<RowFigures, RowFigures, long>? Count { get; private init; }

    /// <summary>Keys of the columns that stand beside it as numerator and denominator.</summary>
    public (string Part, string Of)? Share { get; private init; }

    public Func<RowFigures, string>? Words { get; private init; }

    public ReportColumn Column => new(Key, Vi, En, Format);

    /// <summary>A measure as it is.</summary>
    public static ReportItem Of(Measure measure)
    {
        var (vi, en) = MeasureBook.NameOf(measure);
        var format = measure == Measure.PaidAmount ? ReportFormat.Money : ReportFormat.Count;
        return new(MeasureBook.KeyOf(measure), vi, en, format) { Count = (r, _) => r.In[measure] };
    }

    public static ReportItem Sum(string key, string vi, string en, Func<RowFigures, long> count) =>
        new(key, vi, en, ReportFormat.Count) { Count = (r, _) => count(r) };

    /// <summary>The same count of all rows together, as a denominator.</summary>
    public static ReportItem OfAll(string key, string vi, string en, Measure measure) =>
        new(key, vi, en, ReportFormat.Count) { Count = (_, all) => all.In[measure] };

    public static ReportItem Part(string key, string vi, string en, string part, string of) => new(key, vi, en, ReportFormat.Percent) { Share = (part, of) };

    public static ReportItem Said(string key, string vi, string en, Func<RowFigures, string> words) => new(key, vi, en, ReportFormat.Text) { Words = words };
}
