namespace HaLong.PartnerLab.Webhooks;

/// <summary>What the partner endpoints received, in order of arrival; the newest ten thousand.</summary>
internal sealed class WebhookCatcher
{
    private const int Capacity = 10_000;
    private readonly Lock gate = new();
    private readonly LinkedList<CaughtRequest> caught = [];
    private long last;

    public void Add(Func<long, CaughtRequest> make)
    {
        lock (gate)
        {
            caught.AddLast(make(++last));
            if (caught.Count > Capacity)
                caught.RemoveFirst();
        }
    }

    public IReadOnlyList<CaughtRequest> Of(string name)
    {
        lock (gate)
            return [.. caught.Where(request => request.Name == name)];
    }

    public void Clear(string name)
    {
        lock (gate)
        {
            foreach (var request in caught.Where(request => request.Name == name).ToArray())
                caught.Remove(request);
        }
    }
}
