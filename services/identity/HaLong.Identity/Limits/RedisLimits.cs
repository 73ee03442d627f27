using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace HaLong.Identity.Limits;

/// <summary>Counts in Redis, so that all replicas count together. One script decides and counts: Redis runs it in one piece.</summary>
internal sealed class RedisLimits : IAsyncDisposable
{
    // Times are milliseconds of the caller's clock; a state is gone when Redis's own clock says that it no longer matters.
    private const string Take = """
        local rule_free, first, longest, memory, quota, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5] == '1', tonumber(ARGV[6])
        local state = redis.call('HMGET', KEYS[1], 'n', 's', 'u')
        local n, since, till = tonumber(state[1]) or 0, tonumber(state[2]) or 0, tonumber(state[3]) or 0
        if till > now then return till - now end
        local fresh = n == 0 or since + memory <= now
        if fresh then n = 1 else n = n + 1 end
        if fresh or not quota then since = now end
        till = 0
        if n >= rule_free then
          if quota then till = since + memory else till = now + math.min(longest, first * 2 ^ math.min(20, n - rule_free)) end
        end
        redis.call('HSET', KEYS[1], 'n', n, 's', string.format('%.0f', since), 'u', string.format('%.0f', till))
        redis.call('PEXPIRE', KEYS[1], memory + longest)
        return 0
        """;

    private const string GiveBack = """
        local n = tonumber(redis.call('HGET', KEYS[1], 'n'))
        if not n then return 0 end
        if n <= 1 then return redis.call('DEL', KEYS[1]) end
        redis.call('HSET', KEYS[1], 'n', n - 1, 'u', '0')
        return 1
        """;

    private readonly Task<ConnectionMultiplexer>? _connection;
    private readonly string _prefix;

    public RedisLimits(IConfiguration configuration, IOptions<LimitOptions> options)
    {
        _prefix = options.Value.Prefix;
        if (configuration.GetConnectionString("cache") is not { Length: > 0 } connection)
            return;

        var redis = ConfigurationOptions.Parse(connection);
        redis.AbortOnConnectFail = false;
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.ConnectTimeout = 1000;
        redis.AsyncTimeout = 500;
        _connection = ConnectionMultiplexer.ConnectAsync(redis);
    }

    /// <summary>Null when the attempt is allowed, else the wait. Throws when Redis is away.</summary>
    public async Task<TimeSpan?> TakeAsync(LimitRule rule, string subject, DateTimeOffset now)
    {
        var wait = (long)await RunAsync(Take, rule, subject,
        [
            rule.Free, (long)rule.FirstDelay.TotalMilliseconds, (long)rule.LongestDelay.TotalMilliseconds, (long)rule.Memory.TotalMilliseconds,
            rule.IsQuota ? "1" : "0", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ]);
        return wait > 0 ? TimeSpan.FromMilliseconds(wait) : null;
    }

    public Task GiveBackAsync(LimitRule rule, string subject) => RunAsync(GiveBack, rule, subject, []);

    public async Task ForgiveAsync(LimitRule rule, string subject) => await (await DatabaseAsync()).KeyDeleteAsync(Key(rule, subject));

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsCompletedSuccessfully: true })
            await _connection.Result.DisposeAsync();
    }

    private async Task<RedisResult> RunAsync(string script, LimitRule rule, string subject, RedisValue[] values) =>
        await (await DatabaseAsync()).ScriptEvaluateAsync(script, [Key(rule, subject)], values);

    private async Task<IDatabase> DatabaseAsync()
    {
        // A process that has just started waits for its connection, at most as long as connecting may take: counting alone meanwhile would
        // give everybody further attempts with every restart.
        if (_connection is not null && await _connection is { IsConnected: true } redis)
            return redis.GetDatabase();
        throw new TimeoutException("Redis is not connected.");
    }

    private RedisKey Key(LimitRule rule, string subject) => $"{_prefix}:limit:{rule.Name}:{subject}";
}
