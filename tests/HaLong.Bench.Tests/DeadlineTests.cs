using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Scenarios;

namespace HaLong.Bench.Tests;

public sealed class DeadlineTests
{
    private static byte[] _kept = [];

    [Fact]
    public async Task The_rate_of_due_dates_is_measured_and_counting_them_allocates_nothing()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Equal(0, await DeadlineScenario.RunAsync(BenchOptions.Parse(["--out", folder.FullName, "--seconds", "0.2"])));
            var result = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "deadline.json"))).RootElement;
            foreach (var metric in result.GetProperty("metrics").EnumerateObject().Where(m => m.Name.EndsWith("_allocated_bytes_each", StringComparison.Ordinal)))
                Assert.Equal((metric.Name, 0), (metric.Name, metric.Value.GetDouble()));
            // How fast is for the bench to say, not for a test that shares its machine.
            Assert.True(result.GetProperty("ratios").GetProperty("working_days_to_walking_day_by_day").GetDouble() > 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Rates_are_work_per_second_of_processor_time()
    {
        var rounds = 0;
        var rate = PerCore.Rate(TimeSpan.FromMilliseconds(50), 10, () => ++rounds);
        Assert.True(rounds > 16 && rate > 0, $"{rounds} rounds, {rate} per second");
        // Kept somewhere: what goes nowhere the compiler does not allocate.
        Assert.True(PerCore.Allocated(1, () => (_kept = new byte[1000]).Length) >= 1000);
        Assert.True(TableLimit.Measure(TimeSpan.FromMilliseconds(50)) > 0);
    }
}
