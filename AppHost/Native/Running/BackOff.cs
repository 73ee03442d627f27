namespace HaLong.AppHost.Native;

/// <summary>How long to wait before a crashed process is started again, and when to speak of a crash loop.</summary>
internal sealed class BackOff(TimeProvider time)
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(30), Stable = TimeSpan.FromSeconds(30);
    private const int LoopLength = 3;
    private readonly List<DateTimeOffset> _crashes = [];

    /// <summary>The wait after a crash; a process that has run for a while begins anew.</summary>
    public (TimeSpan Delay, string Words) Next(TimeSpan ran, string how)
    {
        var now = time.GetUtcNow();
        if (ran >= Stable)
            _crashes.Clear();
        _crashes.Add(now);
        var delay = TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(_crashes.Count - 1, 16), Longest.Ticks));
        var next = $"next try in {delay.TotalSeconds:0.#} s";
        return (delay, _crashes.Count < LoopLength
            ? $"{how}; {next}"
            : $"keeps crashing: {_crashes.Count} times in {(now - _crashes[0] + ran).TotalSeconds:0} s, the last time it {how}; {next}");
    }
}
