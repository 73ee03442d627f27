using System.Threading.RateLimiting;

namespace HaLong.Gateway.Limits;

/// <summary>
/// Counts within windows of the clock. The framework's own window limiter cannot say when its window ends, and a caller wants to know;
/// windows cut by the clock also are the same on every node, which a shared counter will need.
/// </summary>
internal sealed class WindowLimiter(int permits, TimeSpan window, TimeProvider time) : RateLimiter
{
    private readonly Lock _lock = new();
    private long _window;
    private int _used;

    // A limiter that is dropped forgets what was used: never before its window is over.
    public override TimeSpan? IdleDuration
    {
        get
        {
            var over = time.GetUtcNow().UtcTicks - ((Interlocked.Read(ref _window) + 1) * window.Ticks);
            return over > 0 ? TimeSpan.FromTicks(over) : null;
        }
    }

    /// <summary>Time to the end of the current window.</summary>
    public static TimeSpan Reset(TimeSpan window, TimeProvider time) => TimeSpan.FromTicks(window.Ticks - (time.GetUtcNow().UtcTicks % window.Ticks));

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            Roll();
            return new RateLimiterStatistics { CurrentAvailablePermits = permits - _used };
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            Roll();
            if (_used + permitCount > permits)
            {
                return Lease.Refused;
            }

            _used += permitCount;
            return Lease.Granted;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

    private void Roll()
    {
        var now = time.GetUtcNow().UtcTicks / window.Ticks;
        if (now != _window)
        {
            (_window, _used) = (now, 0);
        }
    }

    private sealed class Lease(bool granted) : RateLimitLease
    {
        public static readonly Lease Granted = new(true), Refused = new(false);

        public override bool IsAcquired => granted;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
