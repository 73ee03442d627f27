using HaLong.Portal.Figures;

namespace HaLong.Portal.Tests;

/// <summary>Where things of a chart lie.</summary>
public sealed class ChartTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(9, 20)]
    [InlineData(21, 40)]
    [InlineData(81, 200)]
    [InlineData(1234, 2000)]
    public void Axes_end_at_a_round_number_above_everything(int most, int end) => Assert.Equal(end, Plot.Nice(most));

    [Fact]
    public void A_line_is_broken_where_nothing_is_known()
    {
        var chart = Of(true, 10, null, 50, 100);
        Assert.Matches("^M[0-9. ]+M[0-9. ]+L[0-9. ]+$", new Plot(chart).Path(chart.Series[0]));
    }

    [Fact]
    public void Values_beyond_the_axis_stay_in_the_drawing_and_bars_do_not_overlap()
    {
        var plot = new Plot(Of(true, 10, 20));
        Assert.Equal((Plot.Top, Plot.Bottom), ((int)plot.Y(250), (int)plot.Y(-5)));
        Assert.True(plot.BarX(0, 0) + plot.BarWidth <= plot.BarX(1, 0));
        Assert.InRange(plot.BarX(1, 0) + plot.BarWidth, Plot.Left, Plot.Right);
    }

    [Fact]
    public void Every_other_label_is_left_out_where_there_are_many() =>
        Assert.Equal(3, new Plot(Of(false, [.. Enumerable.Range(1, 36).Select(i => (decimal?)i)])).LabelStep);

    [Fact]
    public void Words_in_a_drawing_are_never_markup() =>
        Assert.Equal("<text class=\"axis\" x=\"1.5\" y=\"2\">&lt;b&gt;Đủ</text>", Plot.Words("axis", 1.5m, 2, "<b>Đủ").Value);

    [Fact]
    public void A_chart_without_figures_says_so()
    {
        Assert.True(Of(true, null, null).IsEmpty);
        Assert.Contains("A: ", Of(true, null, null).Summary, StringComparison.Ordinal);
    }

    private static Chart Of(bool percent, params decimal?[] values) =>
        new("c", "C", "L", [.. values.Select((_, i) => $"{i}")], [new ChartSeries("A", values)], percent);
}
