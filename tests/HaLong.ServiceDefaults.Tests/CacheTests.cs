using System.Diagnostics;
using HaLong.TestSupport;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.ServiceDefaults.Tests;

/// <summary>Redis is expendable.</summary>
public sealed class CacheTests(Servers servers)
{
    private static readonly HybridCacheEntryOptions OnlyRedis = new() { Flags = HybridCacheEntryFlags.DisableLocalCache };

    [Fact]
    public async Task Replicas_share_what_one_of_them_looked_up()
    {
        await using var wire = Wire();
        await using var one = await StartAsync(wire);
        await using var other = await StartAsync(wire);
        var key = Key();
        await SharedAsync(one, other, key);
    }

    [Fact]
    public async Task With_Redis_down_at_the_start_answers_come_at_once_from_their_owner()
    {
        await using var wire = Wire(cut: true);
        await using var app = await StartAsync(wire);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i, await AskAsync(app, Key(), i));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"twenty answers took {watch.Elapsed}");
        using var client = app.Client();
        Assert.Equal("Healthy", await client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task A_Redis_that_goes_away_slows_nothing_and_is_used_again_when_it_is_back()
    {
        await using var wire = Wire();
        await using var one = await StartAsync(wire);
        await using var other = await StartAsync(wire);
        await SharedAsync(one, other, Key());
        wire.Cut();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i, await AskAsync(one, Key(), i));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"twenty answers took {watch.Elapsed}");
        using var client = one.Client();
        Assert.Equal("Healthy", await client.GetStringAsync("/health"));
        wire.Mend();
        await Eventually.Async(
            async () =>
            {
                await SharedAsync(one, other, Key());
                return true;
            },
            "shared again", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_Redis_that_hangs_slows_one_answer_and_not_the_next()
    {
        await using var wire = Wire();
        await using var one = await StartAsync(wire);
        await using var other = await StartAsync(wire);
        await SharedAsync(one, other, Key());
        wire.Freeze();
        var watch = Stopwatch.StartNew();
        await AskAsync(one, Key(), 1);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"the first answer took {watch.Elapsed}");
        watch.Restart();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i, await AskAsync(one, Key(), i));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"twenty answers took {watch.Elapsed}");
        wire.Thaw();
    }

    private static string Key() => "test:" + Guid.CreateVersion7().ToString("N");

    private static ValueTask<int> AskAsync(TestApp app, string key, int answer) =>
        app.Services.GetRequiredService<HybridCache>().GetOrCreateAsync(key, _ => ValueTask.FromResult(answer), OnlyRedis);

    private static async Task SharedAsync(TestApp one, TestApp other, string key) => await Eventually.Async(
        async () =>
        {
            // The connection is made in the background; until it stands each asks its own owner.
            var another = key + Guid.CreateVersion7().ToString("N");
            await AskAsync(one, another, 1);
            return await AskAsync(other, another, 2) == 1;
        },
        "the second replica to see the first one's answer", TimeSpan.FromSeconds(20));

    private Task<TestApp> StartAsync(TcpProxy wire) =>
        TestApp.StartAsync(settings: ("ConnectionStrings:cache", $"127.0.0.1:{wire.Port}" + servers.Redis[servers.Redis.IndexOf(',', StringComparison.Ordinal)..]));

    private TcpProxy Wire(bool cut = false)
    {
        var address = servers.Redis.Split(',')[0].Split(':');
        return TcpProxy.To(address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture), cut);
    }
}
