using HaLong.Bench.Load;

namespace HaLong.Bench.Tests;

public sealed class HistogramTests
{
    [Fact]
    public void An_empty_one_says_nothing()
    {
        var histogram = new Histogram();
        Assert.Equal(0, histogram.Milliseconds(0.99));
        Assert.Equal(0, histogram.MaxMilliseconds);
        Assert.Equal(0, histogram.MeanMilliseconds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(123_456)]
    [InlineData(9_876_543)]
    [InlineData(3_600_000_000)]
    public void A_value_comes_back_within_a_thousandth(long microseconds)
    {
        var histogram = new Histogram();
        histogram.Record(TimeSpan.FromMicroseconds(microseconds));
        histogram.Record(TimeSpan.FromHours(2));
        Assert.InRange(histogram.Milliseconds(0.5), microseconds / 1000.0, microseconds / 1000.0 * 1.001);
    }

    [Fact]
    public void Percentiles_are_those_of_the_sorted_values()
    {
        var histogram = new Histogram();
        for (var i = 1; i <= 10_000; i++)
        {
            histogram.Record(TimeSpan.FromMicroseconds(i * 10));
        }

        Assert.Equal(50, histogram.Milliseconds(0.5), 0.1);
        Assert.Equal(99, histogram.Milliseconds(0.99), 0.1);
        Assert.Equal(99.9, histogram.Milliseconds(0.999), 0.1);
        Assert.Equal(100, histogram.Milliseconds(1), 0.1);
        Assert.Equal(50.005, histogram.MeanMilliseconds, 0.001);
        Assert.Equal(10_000, histogram.Count);
    }

    [Fact]
    public void Nothing_exceeds_the_largest_value()
    {
        var histogram = new Histogram();
        histogram.Record(TimeSpan.FromMicroseconds(1_000_001));
        Assert.Equal(1000.001, histogram.MaxMilliseconds, 0.0001);
        Assert.Equal(1000.001, histogram.Milliseconds(1), 0.0001);
    }

    [Fact]
    public void One_slow_answer_in_a_hundred_shows_in_the_ninety_ninth_percentile_only_when_there_are_two()
    {
        var histogram = new Histogram();
        Repeat(histogram, 99, 1);
        Repeat(histogram, 1, 500);
        Assert.Equal(1, histogram.Milliseconds(0.99), 0.01);
        Repeat(histogram, 1, 500);
        Assert.Equal(500, histogram.Milliseconds(0.99), 0.5);
    }

    [Fact]
    public async Task Many_threads_lose_no_value()
    {
        var histogram = new Histogram();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() => Repeat(histogram, 50_000, t + 1))));
        Assert.Equal(200_000, histogram.Count);
        Assert.Equal(4, histogram.MaxMilliseconds, 0.001);
        Assert.Equal(2, histogram.Milliseconds(0.5), 0.01);
    }

    private static void Repeat(Histogram histogram, int times, int milliseconds)
    {
        for (var i = 0; i < times; i++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(milliseconds));
        }
    }
}
