using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HaLong.Portal.Design;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Components;

namespace HaLong.Portal.Figures;

/// <summary>One line or row of bars of a chart.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values);

/// <summary>What a chart shows, and the table behind it says.</summary>
/// <param name="Id">Of the figure, once on its page.</param>
/// <param name="LabelHead">What the labels are: months, units.</param>
/// <param name="Percent">The values are per cents; axes end at 100.</param>
public sealed record Chart(string Id, string Title, string LabelHead, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series, bool Percent = false)
{
    /// <summary>Where the axis ends; null: above everything.</summary>
    public decimal? Most { get; init; } = Percent ? 100 : null;

    /// <summary>Said at the end of a bar instead of the value.</summary>
    public IReadOnlyList<string>? Said { get; init; }

    /// <summary>Where the labels of the table lead.</summary>
    public IReadOnlyList<string?>? Links { get; init; }

    public bool IsEmpty => Labels.Count == 0 || Series.All(s => s.Values.All(v => v is null));

    public string Write(decimal? value) => Percent ? Numbers.Percent(value) : Numbers.Of(value);

    /// <summary>What somebody who does not see the chart has to know of it.</summary>
    public string Summary => string.Join(' ', Series.Select(InWords));

    private string InWords(ChartSeries series)
    {
        var known = series.Values.Select((v, i) => (Value: v, Label: Labels[i])).Where(v => v.Value is not null).ToList();
        if (known.Count == 0)
            return Text.Bilingual($"{series.Name}: chưa có số liệu.", $"{series.Name}: no figures.");
        var (low, high) = (known.MinBy(v => v.Value), known.MaxBy(v => v.Value));
        return Text.Bilingual(
            $"{series.Name}: thấp nhất {Write(low.Value)} ({low.Label}), cao nhất {Write(high.Value)} ({high.Label}).",
            $"{series.Name}: lowest {Write(low.Value)} ({low.Label}), highest {Write(high.Value)} ({high.Label}).");
    }
}

/// <summary>Where things of a chart lie, in the units of its drawing.</summary>
internal sealed class Plot
{
    public const int Width = 640, Left = 56, Top = 12, Bottom = 210, Height = 250, Right = 628;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly Chart _chart;

    public Plot(Chart chart) => (_chart, Most) = (chart, chart.Most ?? Nice(chart.Series.SelectMany(s => s.Values).Max() ?? 1));

    /// <summary>The value at the upper end.</summary>
    public decimal Most { get; }

    public IEnumerable<decimal> Ticks => Enumerable.Range(0, 5).Select(i => Most * i / 4);

    /// <summary>Every label, or every other one where there are many.</summary>
    public int LabelStep => Math.Max(1, (int)Math.Ceiling(_chart.Labels.Count / 12m));

    private decimal Step => (decimal)(Right - Left) / Math.Max(1, _chart.Labels.Count);

    public decimal Y(decimal value) => Bottom - ((Bottom - Top) * Math.Clamp(value, 0, Most) / Most);

    /// <summary>The middle of a label.</summary>
    public decimal X(int label) => Left + (Step * (label + 0.5m));

    public decimal BarWidth => Math.Max(2, Step * 0.7m / _chart.Series.Count);

    public decimal BarX(int label, int series) => X(label) - (BarWidth * _chart.Series.Count / 2) + (BarWidth * series);

    /// <summary>A line that is broken where nothing is known.</summary>
    public string Path(ChartSeries series)
    {
        var (path, drawn) = (new StringBuilder(), false);
        for (var i = 0; i < series.Values.Count; i++)
        {
            if (series.Values[i] is { } value)
                path.Append(drawn ? 'L' : 'M').Append(N(X(i))).Append(' ').Append(N(Y(value)));
            drawn = series.Values[i] is not null;
        }

        return path.ToString();
    }

    /// <summary>Words in a drawing: in pages their element means something else.</summary>
    public static MarkupString Words(string name, decimal x, decimal y, string words) => new($"<text class=\"{name}\" x=\"{N(x)}\" y=\"{N(y)}\">{Encoder.Encode(words)}</text>");

    /// <summary>As drawings write numbers, whatever the language.</summary>
    public static string N(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 with as many noughts as it takes; four steps of it are whole where the values are.</summary>
    public static decimal Nice(decimal most)
    {
        var nice = 4m;
        for (var i = 0; nice < most; i++)
            nice *= (i % 3) switch { 1 => 2.5m, _ => 2 };
        return nice;
    }
}
