namespace HaLong.Notifications.Sending;

/// <summary>
/// Messages that a provider may still get: refilled steadily, at most a second's worth. Part of it is left to codes, which are never held up: they
/// may even run into debt, which the others wait for.
/// </summary>
/// <param name="perSecond">Refill.</param>
/// <param name="reserve">Share that only codes may use.</param>
/// <param name="clock">Whose time counts.</param>
internal sealed class TokenBucket(double perSecond, double reserve, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly double capacity = Math.Max(2, perSecond);
    private double tokens = Math.Max(2, perSecond);
    private DateTimeOffset filledAt = clock.GetUtcNow();

    /// <summary>How many messages that are no codes could go now.</summary>
    public int Room
    {
        get
        {
            lock (gate)
            {
                Refill();
                return Math.Max(0, (int)(tokens - Kept));
            }
        }
    }

    private double Kept => Math.Min(capacity - 1, Math.Ceiling(capacity * reserve));

    public bool TryTake(bool code)
    {
        lock (gate)
        {
            Refill();
            if (tokens - 1 < (code ? -capacity : Kept))
                return false;
            tokens--;
            return true;
        }
    }

    private void Refill()
    {
        var now = clock.GetUtcNow();
        if (now > filledAt)
            tokens = Math.Min(capacity, tokens + ((now - filledAt).TotalSeconds * perSecond));
        filledAt = now;
    }
}
