namespace HaLong.Identity.Limits;

/// <summary>The same counts in this process only, while Redis is away. Bounded: a flood of names must not fill the memory.</summary>
internal sealed class LocalLimits
{
    private const int Most = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Rule, string Subject), (LimitState State, DateTimeOffset Gone)> _states = [];

    public TimeSpan? Take(LimitRule rule, string subject, DateTimeOffset now)
    {
        lock (_gate)
        {
            var (next, wait) = _states.GetValueOrDefault((rule.Name, subject)).State.Take(rule, now);
            if (_states.Count >= Most)
                MakeRoom(now);
            _states[(rule.Name, subject)] = (next, now + rule.Memory + rule.LongestDelay);
            return wait;
        }
    }

    public void GiveBack(LimitRule rule, string subject)
    {
        lock (_gate)
        {
            if (_states.TryGetValue((rule.Name, subject), out var known) && known.State.Attempts > 1)
                _states[(rule.Name, subject)] = (known.State with { Attempts = known.State.Attempts - 1, Until = default }, known.Gone);
            else
                _states.Remove((rule.Name, subject));
        }
    }

    public void Forgive(LimitRule rule, string subject)
    {
        lock (_gate)
            _states.Remove((rule.Name, subject));
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var key in _states.Where(s => s.Value.Gone <= now).Select(s => s.Key).ToList())
            _states.Remove(key);
        // Still full: those who tried least lose their count first.
        foreach (var key in _states.OrderBy(s => s.Value.State.Attempts).Take(Math.Max(0, _states.Count - (Most / 2))).Select(s => s.Key).ToList())
            _states.Remove(key);
    }
}
