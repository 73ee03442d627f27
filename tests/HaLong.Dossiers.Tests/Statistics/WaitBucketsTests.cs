using HaLong.Dossiers.Statistics.Waits;

namespace HaLong.Dossiers.Tests.Statistics;

public sealed class WaitBucketsTests
{
    [Fact]
    public void Each_length_lies_in_its_bucket_which_is_at_most_three_per_cent_wide()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var minutes = (int)Math.Exp(random.NextDouble() * Math.Log(int.MaxValue));
            var upper = WaitBuckets.Upper(WaitBuckets.Of(minutes));
            Assert.True(upper >= minutes && upper - minutes <= minutes * 0.03, $"{minutes} is told as {upper}");
        }
    }

    [Fact]
    public void Short_stays_are_exact() => Assert.All(Enumerable.Range(0, 67), m => Assert.Equal(m, WaitBuckets.Upper(WaitBuckets.Of(m))));

    [Fact]
    public void Longer_stays_never_lie_in_a_lower_bucket()
    {
        for (var minutes = 1; minutes < 100_000; minutes++)
            Assert.InRange(WaitBuckets.Of(minutes) - WaitBuckets.Of(minutes - 1), 0, 1);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(66, 66)]
    public void The_edges(int minutes, int bucket) => Assert.Equal(bucket, WaitBuckets.Of(minutes));

    [Fact]
    public void The_longest_has_a_bucket_too() => Assert.Equal(int.MaxValue, WaitBuckets.Upper(WaitBuckets.Of(int.MaxValue)));
}
