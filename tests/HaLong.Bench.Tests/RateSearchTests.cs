using HaLong.Bench.Load;

namespace HaLong.Bench.Tests;

public sealed class RateSearchTests
{
    [Theory]
    [InlineData(1.3)]
    [InlineData(50)]
    [InlineData(137)]
    [InlineData(900)]
    public async Task The_rate_found_is_close_below_the_limit(double limit)
    {
        var found = await RateSearch.HighestAsync(4, 2000, rate => Task.FromResult(rate <= limit));
        Assert.InRange(found, limit * 0.93, limit);
    }

    [Fact]
    public async Task When_nothing_passes_it_is_nothing()
    {
        var tried = new List<double>();
        Assert.Equal(0, await RateSearch.HighestAsync(4, 2000, rate =>
        {
            tried.Add(rate);
            return Task.FromResult(false);
        }));
        Assert.Equal([4, 2, 1, 0.5], tried.Distinct());
    }

    [Fact]
    public async Task A_rate_that_was_spoiled_once_gets_a_second_chance()
    {
        var spoiled = false;
        var found = await RateSearch.HighestAsync(4, 2000, rate =>
        {
            if (rate > 10 && !spoiled)
            {
                spoiled = true;
                return Task.FromResult(false);
            }

            return Task.FromResult(rate <= 100);
        });
        Assert.InRange(found, 93, 100);
    }

    [Fact]
    public async Task It_does_not_go_beyond_the_highest_allowed()
    {
        var highest = 0.0;
        await RateSearch.HighestAsync(4, 100, rate =>
        {
            highest = Math.Max(highest, rate);
            return Task.FromResult(true);
        });
        Assert.InRange(highest, 67, 100);
    }
}
