using HaLong.Identity.Limits;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Tests.Limits;

/// <summary>The rules of waiting: counted in Redis and, without it, in the process; both must say the same.</summary>
public sealed class LimiterTests(Servers servers)
{
    private static readonly LimitRule Growing = new("growing", 3, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10));
    private static readonly LimitRule Hourly = LimitRule.Quota("hourly", 3, TimeSpan.FromHours(1));
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public enum Where
    {
        Redis,
        Process,
    }

    [Theory]
    [InlineData(Where.Redis)]
    [InlineData(Where.Process)]
    public async Task The_wait_doubles_up_to_the_longest_and_nothing_counts_while_waiting(Where where)
    {
        await using var limits = new Counter(where, servers);
        Assert.Equal([null, null, null, 10.0, 10.0], await limits.TakeManyAsync(Growing, Start, 5));

        Assert.Null(await limits.TakeAsync(Growing, Start.AddSeconds(10)));
        Assert.Equal(20, await limits.TakeAsync(Growing, Start.AddSeconds(10)));
        Assert.Null(await limits.TakeAsync(Growing, Start.AddSeconds(30)));
        Assert.Equal(40, await limits.TakeAsync(Growing, Start.AddSeconds(30)));
        Assert.Null(await limits.TakeAsync(Growing, Start.AddSeconds(70)));
        Assert.Equal(60, await limits.TakeAsync(Growing, Start.AddSeconds(70)));
        Assert.Null(await limits.TakeAsync(Growing, Start.AddSeconds(130)));
        Assert.Equal(60, await limits.TakeAsync(Growing, Start.AddSeconds(130)));
        Assert.Equal([null, null, null, 10.0], await limits.TakeManyAsync(Growing, Start.AddHours(1), 4));
    }

    [Theory]
    [InlineData(Where.Redis)]
    [InlineData(Where.Process)]
    public async Task A_quota_is_open_again_a_period_after_its_first_use(Where where)
    {
        await using var limits = new Counter(where, servers);
        Assert.Null(await limits.TakeAsync(Hourly, Start));
        Assert.Null(await limits.TakeAsync(Hourly, Start.AddMinutes(30)));
        Assert.Null(await limits.TakeAsync(Hourly, Start.AddMinutes(40)));
        Assert.Equal(600, await limits.TakeAsync(Hourly, Start.AddMinutes(50)));
        Assert.Equal([null, null, null], await limits.TakeManyAsync(Hourly, Start.AddMinutes(60), 3));
        Assert.Equal(3600, await limits.TakeAsync(Hourly, Start.AddMinutes(60)));
    }

    [Theory]
    [InlineData(Where.Redis)]
    [InlineData(Where.Process)]
    public async Task What_is_given_back_or_forgiven_counts_no_more(Where where)
    {
        await using var limits = new Counter(where, servers);
        await limits.TakeManyAsync(Growing, Start, 3);
        await limits.GiveBackAsync(Growing);
        Assert.Null(await limits.TakeAsync(Growing, Start));
        Assert.Equal(10, await limits.TakeAsync(Growing, Start));
        await limits.ForgiveAsync(Growing);
        Assert.Equal([null, null, null, 10.0], await limits.TakeManyAsync(Growing, Start, 4));
        await limits.ForgiveAsync(Growing);
        await limits.GiveBackAsync(Growing);
        await limits.TakeAsync(Growing, Start);
        await limits.GiveBackAsync(Growing);
        Assert.Equal([null, null, null, 10.0], await limits.TakeManyAsync(Growing, Start, 4));
    }

    [Theory]
    [InlineData(Where.Redis)]
    [InlineData(Where.Process)]
    public async Task Parallel_attempts_get_no_more_than_is_free(Where where)
    {
        await using var limits = new Counter(where, servers);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => limits.TakeAsync(Growing, Start))));
        Assert.Equal(3, answers.Count(a => a is null));
    }

    [Fact]
    public async Task Subjects_and_rules_are_counted_apart()
    {
        await using var limits = new Counter(Where.Redis, servers);
        await limits.TakeManyAsync(Growing, Start, 3);
        Assert.Null(await limits.TakeAsync(Growing with { Name = "another" }, Start));
        Assert.Null(await limits.TakeAsync(Growing, Start, "somebody else"));
        Assert.Equal(10, await limits.TakeAsync(Growing, Start));
    }

    [Fact]
    public void A_flood_of_names_does_not_fill_the_memory_and_frees_nobody_who_is_locked()
    {
        var limits = new LocalLimits();
        for (var i = 0; i < 4; i++)
            limits.Take(Growing, "the attacked", Start);
        for (var i = 0; i < 120_000; i++)
            limits.Take(Growing, $"flood {i}", Start);

        Assert.NotNull(limits.Take(Growing, "the attacked", Start));
    }

    [Theory]
    [InlineData("198.51.100.4", "198.51.100.4")]
    [InlineData("10.0.0.9, 198.51.100.4", "198.51.100.4")]
    [InlineData("::ffff:198.51.100.4", "198.51.100.4")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("nonsense", null)]
    [InlineData("", null)]
    public void The_address_is_the_one_that_the_gateway_saw(string header, string? expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["X-Forwarded-For"] = header;
        Assert.Equal(expected, ClientAddress.Of(http));
    }

    [Fact]
    public void Outside_a_request_there_is_no_address() => Assert.Null(new ClientAddress(new HttpContextAccessor()).Current);

    /// <summary>One of the two places where attempts are counted, with fresh counts.</summary>
    private sealed class Counter : IAsyncDisposable
    {
        private readonly string subject = Guid.CreateVersion7().ToString();
        private readonly LocalLimits local = new();
        private readonly RedisLimits? redis;

        public Counter(Where where, Servers servers)
        {
            if (where == Where.Process)
                return;
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:cache", servers.Redis)]).Build();
            redis = new RedisLimits(configuration, Options.Create(new LimitOptions { Prefix = "limiter-tests" }));
        }

        public async Task<double?> TakeAsync(LimitRule rule, DateTimeOffset now, string? who = null)
        {
            if (redis is null)
                return local.Take(rule, who ?? subject, now)?.TotalSeconds;
            return (await redis.TakeAsync(rule, who ?? subject, now))?.TotalSeconds;
        }

        public async Task<List<double?>> TakeManyAsync(LimitRule rule, DateTimeOffset now, int times)
        {
            var answers = new List<double?>();
            for (var i = 0; i < times; i++)
                answers.Add(await TakeAsync(rule, now));
            return answers;
        }

        public Task GiveBackAsync(LimitRule rule)
        {
            local.GiveBack(rule, subject);
            return redis?.GiveBackAsync(rule, subject) ?? Task.CompletedTask;
        }

        public Task ForgiveAsync(LimitRule rule)
        {
            local.Forgive(rule, subject);
            return redis?.ForgiveAsync(rule, subject) ?? Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => redis?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
