namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Dossiers that failed, and when each is tried again: after longer each time. A new process tries all of them at once.</summary>
internal sealed class RetryLater(TimeSpan first, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Dictionary<Guid, (int Times, DateTimeOffset Next)> failed = [];

    public int Count => failed.Count;

    public Guid[] NotYet()
    {
        var now = time.GetUtcNow();
        return [.. failed.Where(f => f.Value.Next > now).Select(f => f.Key)];
    }

    public void Failed(Guid id)
    {
        var times = failed.GetValueOrDefault(id).Times;
        var pause = first.TotalSeconds * Math.Pow(2, Math.Min(times, 20));
        failed[id] = (times + 1, time.GetUtcNow().AddSeconds(Math.Min(pause, Longest.TotalSeconds)));
    }

    public void Succeeded(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
            failed.Remove(id);
    }
}
