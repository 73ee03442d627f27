using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace HaLong.ServiceDefaults;

/// <summary>
/// Redis that nobody waits for: not connected means a miss at once, and after a failure it is left alone for a while, so that a Redis
/// that hangs slows one answer and not every one.
/// </summary>
internal sealed partial class ExpendableRedis : IBufferDistributedCache, IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private readonly Task<ConnectionMultiplexer> _connection;
    private readonly RedisCache _redis;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long _restUntil;

    public ExpendableRedis(ConfigurationOptions options, TimeProvider time, ILogger<ExpendableRedis> log)
    {
        (_time, _log) = (time, log);
        _connection = ConnectionMultiplexer.ConnectAsync(options);
        _redis = new RedisCache(Microsoft.Extensions.Options.Options.Create(new RedisCacheOptions
        {
            ConnectionMultiplexerFactory = async () => await _connection,
        }));
    }

    private bool IsUsable => _connection is { IsCompletedSuccessfully: true, Result.IsConnected: true } && _time.GetTimestamp() >= Interlocked.Read(ref _restUntil);

    public byte[]? Get(string key) => Try(() => _redis.Get(key));

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => TryAsync(() => _redis.GetAsync(key, token));

    public bool TryGet(string key, IBufferWriter<byte> destination) => Try(() => ((IBufferDistributedCache)_redis).TryGet(key, destination));

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
        await TryAsync(() => ((IBufferDistributedCache)_redis).TryGetAsync(key, destination, token).AsTask());

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => Try(() => Done(() => _redis.Set(key, value, options)));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        TryAsync(() => DoneAsync(_redis.SetAsync(key, value, options, token)));

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) =>
        Try(() => Done(() => ((IBufferDistributedCache)_redis).Set(key, value, options)));

    public async ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        await TryAsync(() => DoneAsync(((IBufferDistributedCache)_redis).SetAsync(key, value, options, token).AsTask()));

    public void Refresh(string key) => Try(() => Done(() => _redis.Refresh(key)));

    public Task RefreshAsync(string key, CancellationToken token = default) => TryAsync(() => DoneAsync(_redis.RefreshAsync(key, token)));

    public void Remove(string key) => Try(() => Done(() => _redis.Remove(key)));

    public Task RemoveAsync(string key, CancellationToken token = default) => TryAsync(() => DoneAsync(_redis.RemoveAsync(key, token)));

    public void Dispose()
    {
        _redis.Dispose();
        if (_connection.IsCompletedSuccessfully)
        {
            _connection.Result.Dispose();
        }
    }

    private static bool Done(Action work)
    {
        work();
        return true;
    }

    private static async Task<bool> DoneAsync(Task work)
    {
        await work;
        return true;
    }

    private T? Try<T>(Func<T?> work)
    {
        if (!IsUsable)
        {
            return default;
        }

        try
        {
            return work();
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            Leave(e);
            return default;
        }
    }

    private async Task<T?> TryAsync<T>(Func<Task<T?>> work)
    {
        if (!IsUsable)
        {
            return default;
        }

        try
        {
            return await work();
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            Leave(e);
            return default;
        }
    }

    private void Leave(Exception reason)
    {
        Interlocked.Exchange(ref _restUntil, _time.GetTimestamp() + (long)(Rest.TotalSeconds * _time.TimestampFrequency));
        Left(_log, reason.GetType().Name, Rest.TotalSeconds);
    }

    [LoggerMessage(1301, LogLevel.Warning, "Redis fails ({Reason}); left alone for {Seconds} s, answers come from their owners")]
    private static partial void Left(ILogger log, string reason, double seconds);
}
