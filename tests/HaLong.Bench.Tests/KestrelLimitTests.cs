using HaLong.Bench.Limits;

namespace HaLong.Bench.Tests;

public sealed class KestrelLimitTests
{
    [Fact]
    public async Task An_empty_server_in_a_process_of_its_own_is_measured_and_ended() =>
        Assert.True(await KestrelLimit.MeasureAsync(seconds: 1) > 100, "Even a busy machine answers a hundred empty requests per second.");
}
