using HaLong.Bench.Limits;
using HaLong.Bench.Load;

namespace HaLong.Bench.Tests;

public sealed class IdentityLoadTests
{
    [Fact]
    public async Task Signing_and_verifying_are_measured_for_both_algorithms()
    {
        var limit = await SignatureLimit.MeasureAsync(TimeSpan.FromMilliseconds(200));
        Assert.All([limit.RsaSigns, limit.RsaVerifies, limit.EcdsaSigns, limit.EcdsaVerifies], rate => Assert.True(rate > 100, $"{rate} per second"));
        // What the choice of the algorithm rests on (decision 14), with room for a noisy machine.
        Assert.True(limit.RsaVerifies > limit.EcdsaVerifies, $"RS256 {limit.RsaVerifies}, ES256 {limit.EcdsaVerifies} verifications per second");
    }

    [Fact]
    public async Task Every_worker_starts_anew_when_it_is_done()
    {
        var seen = new int[3];
        var result = await ClosedLoop.RunAsync(3, TimeSpan.FromMilliseconds(300), async worker =>
        {
            Interlocked.Increment(ref seen[worker]);
            await Task.Delay(5);
        });
        Assert.All(seen, n => Assert.True(n > 1));
        Assert.Equal(seen.Sum(), result.Completed);
        Assert.Equal(0, result.ErrorCount);
        Assert.InRange(result.PerSecond, 10, 3 * 1000 / 5);
        Assert.True(result.Latency.Milliseconds(0.5) >= 4);
    }

    [Fact]
    public async Task Failures_are_counted_by_kind_and_not_as_work_done()
    {
        var result = await ClosedLoop.RunAsync(1, TimeSpan.FromMilliseconds(50), async _ =>
        {
            await Task.Delay(5);
            throw new LoadException("token 429");
        });
        Assert.Equal(0, result.Completed);
        Assert.Equal("token 429", Assert.Single(result.Errors).Key);
        Assert.Equal(result.ErrorCount, result.Errors["token 429"]);
    }
}
