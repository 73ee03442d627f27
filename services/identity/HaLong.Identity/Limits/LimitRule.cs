namespace HaLong.Identity.Limits;

/// <summary>How often something may be tried, and how long to wait after that.</summary>
/// <param name="Name">Keeps the counts of different rules apart.</param>
/// <param name="Free">Attempts without a wait.</param>
/// <param name="FirstDelay">The wait after the last free one; each further attempt doubles it.</param>
/// <param name="LongestDelay">The longest wait.</param>
/// <param name="Memory">After so long without an attempt all is forgotten; for a quota, so long after its first attempt.</param>
/// <param name="IsQuota">So many in a period, then none until it is over.</param>
internal sealed record LimitRule(string Name, int Free, TimeSpan FirstDelay, TimeSpan LongestDelay, TimeSpan Memory, bool IsQuota = false)
{
    /// <summary>So many in a period, then none until it is over.</summary>
    public static LimitRule Quota(string name, int number, TimeSpan period) => new(name, number, period, period, period, IsQuota: true);

    /// <summary>The wait that the attempt with this number brings about.</summary>
    public TimeSpan DelayAfter(int attempts) => attempts < Free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(LongestDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(20, attempts - Free))));
}

/// <summary>What is known of one subject under one rule.</summary>
/// <param name="Attempts">Counted so far.</param>
/// <param name="Since">The last attempt; for a quota the first.</param>
/// <param name="Until">Nothing is allowed before.</param>
internal readonly record struct LimitState(int Attempts, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Takes one attempt, or says how long to wait. The script in Redis does the same.</summary>
    public (LimitState Next, TimeSpan? Wait) Take(LimitRule rule, DateTimeOffset now)
    {
        if (Until > now)
            return (this, Until - now);

        var fresh = Attempts == 0 || Since + rule.Memory <= now;
        var attempts = fresh ? 1 : Attempts + 1;
        var since = rule.IsQuota && !fresh ? Since : now;
        var until = rule.IsQuota
            ? attempts >= rule.Free ? since + rule.Memory : default
            : rule.DelayAfter(attempts) is var delay && delay > TimeSpan.Zero ? now + delay : default;
        return (new LimitState(attempts, since, until), null);
    }
}
