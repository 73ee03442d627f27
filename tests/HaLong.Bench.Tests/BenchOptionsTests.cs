namespace HaLong.Bench.Tests;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Nothing_said_means_the_platform_of_this_folder() =>
        Assert.Equal(new BenchOptions(".run", "bench/results", 10, 4, 2000), BenchOptions.Parse([]));

    [Fact]
    public void Everything_can_be_said() => Assert.Equal(
        new BenchOptions("/r", "/o", 2.5, 1, 50), BenchOptions.Parse(["--run", "/r", "--out", "/o", "--seconds", "2.5", "--start", "1", "--max", "50"]));

    [Fact]
    public void A_rate_that_is_no_number_is_refused() => Assert.Throws<FormatException>(() => BenchOptions.Parse(["--start", "fast"]));
}
