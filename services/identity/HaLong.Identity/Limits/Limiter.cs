using System.Text;
using HaLong.Identity.Keys;
using StackExchange.Redis;

namespace HaLong.Identity.Limits;

/// <summary>Counts attempts before they are made, so that parallel ones cannot outrun a limit. Without Redis each process counts for itself.</summary>
internal sealed partial class Limiter(
    RedisLimits redis, LocalLimits local, KeyVault vault, IdentityInstruments instruments, TimeProvider time, ILogger<Limiter> logger)
{
    private bool _isAlone;

    /// <summary>Takes one attempt; null when it is allowed, else how long to wait.</summary>
    public Task<TimeSpan?> TakeAsync(LimitRule rule, string subject, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return RunAsync(s => redis.TakeAsync(rule, s, now), s => local.Take(rule, s, now), subject, ct);
    }

    /// <summary>The attempt was none: takes back one count, and the wait it may have caused.</summary>
    public Task GiveBackAsync(LimitRule rule, string subject, CancellationToken ct) => RunAsync(
        s => DoneAsync(redis.GiveBackAsync(rule, s)), s => Done(() => local.GiveBack(rule, s)), subject, ct);

    /// <summary>The slate is clean.</summary>
    public Task ForgiveAsync(LimitRule rule, string subject, CancellationToken ct) => RunAsync(
        s => DoneAsync(redis.ForgiveAsync(rule, s)), s => Done(() => local.Forgive(rule, s)), subject, ct);

    private async Task<TimeSpan?> RunAsync(Func<string, Task<TimeSpan?>> shared, Func<string, TimeSpan?> alone, string subject, CancellationToken ct)
    {
        // What people typed is not kept: a password typed as a name would lie in Redis.
        var hashed = Convert.ToHexStringLower(vault.Index("limits", Encoding.UTF8.GetBytes(subject)));
        try
        {
            var answer = await shared(hashed).WaitAsync(ct);
            if (_isAlone)
                LogBack(logger);
            _isAlone = false;
            return answer;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            if (!_isAlone)
                LogAlone(logger, e.GetType().Name);
            _isAlone = true;
            instruments.LimitedAlone();
            return alone(hashed);
        }
    }

    private static async Task<TimeSpan?> DoneAsync(Task work)
    {
        await work;
        return null;
    }

    private static TimeSpan? Done(Action work)
    {
        work();
        return null;
    }

    [LoggerMessage(3110, LogLevel.Warning, "Redis is away ({Reason}): each process counts attempts for itself")]
    private static partial void LogAlone(ILogger logger, string reason);

    [LoggerMessage(3111, LogLevel.Information, "Redis is back: attempts are counted together again")]
    private static partial void LogBack(ILogger logger);
}
