using HaLong.Dossiers.Statistics.Waits;

namespace HaLong.Dossiers.Tests.Statistics.Waits;

public sealed class WaitHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void Percentiles_are_those_of_the_sorted_list_to_their_bucket(int count)
    {
        var random = new Random(count);
        var minutes = Enumerable.Range(0, count).Select(_ => random.Next(40_000)).Order().ToList();
        var histogram = new WaitHistogram();
        foreach (var m in minutes)
            histogram.Add(WaitBuckets.Of(m), 1);

        int At(double share) => WaitBuckets.Upper(WaitBuckets.Of(minutes[(int)Math.Ceiling(count * share) - 1]));
        Assert.Equal(new WaitRow(3, count, At(0.5), At(0.9)), histogram.Row(3));
    }

    [Fact]
    public void What_is_added_in_parts_is_the_same_as_at_once()
    {
        var (parts, once) = (new WaitHistogram(), new WaitHistogram());
        foreach (var more in new[] { 3, 4, 5 })
            parts.Add(10, more);
        parts.Add(WaitBuckets.Count - 1, 30);
        once.Add(WaitBuckets.Count - 1, 30);
        once.Add(10, 12);
        Assert.Equal(once.Row(1), parts.Row(1));
        Assert.Equal((42L, int.MaxValue), (parts.Row(1).Count, parts.Row(1).P50Minutes));
    }
}
