namespace Subscriber;

/// <summary>
/// Every event once and in order, however often and through whatever way it comes. A real program keeps both tables in its database and writes
/// them in the transaction that does the work.
/// </summary>
internal sealed class Inbox(Platform platform) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, long> last = []; // by dossier, the sequence that was handled last
    private readonly List<Taken> handled = [];
    private string cursor = "";

    internal sealed record Taken(string Id, string Type, string Subject, long Sequence, string Way);

    public IReadOnlyList<Taken> Handled
    {
        get
        {
            lock (handled)
                return [.. handled];
        }
    }

    public void Dispose() => gate.Dispose();

    public async Task TakeAsync(Event e, string way, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            // Events are missing when this program was subscribed later than the dossier was filed, or was away too long: the feed has them.
            if (e.Sequence > Next(e))
                await FillAsync(e, ct);
            Handle(e, way);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<int> CatchUpAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            var before = handled.Count;
            while (await platform.ReadAsync(cursor, null, ct) is var (events, after) && events.Count > 0)
            {
                foreach (var e in events)
                    Handle(e, "feed");
                cursor = after; // kept after the work: a crash repeats, and what is repeated is dropped
            }

            return handled.Count - before;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task FillAsync(Event until, CancellationToken ct)
    {
        var after = "";
        while (until.Sequence > Next(until))
        {
            var (events, next) = await platform.ReadAsync(after, until.Subject, ct);
            if (events.Count == 0)
                break; // older than the feed keeps: start from the state that the platform's API gives
            foreach (var e in events.Where(e => e.Sequence < until.Sequence))
                Handle(e, "feed");
            after = next;
        }
    }

    private long Next(Event e) => last.GetValueOrDefault(e.Subject) + 1;

    private void Handle(Event e, string way)
    {
        if (e.Sequence < Next(e))
            return; // seen: at least once means that repetitions are normal
        // Here the work would be done.
        last[e.Subject] = e.Sequence;
        lock (handled)
            handled.Add(new Taken(e.Id, e.Type, e.Subject, e.Sequence, way));
    }
}
