namespace HaLong.PartnerLab.Push;

/// <summary>A message as the push service has it: it can read the headers, the body only the browser can.</summary>
/// <param name="Id">The service's own id.</param>
/// <param name="Device">For whom.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Headers">As they came, names in lower case.</param>
/// <param name="Body">Base64 of the encrypted body.</param>
/// <param name="Url">Where it was posted.</param>
internal sealed record PushMessage(Guid Id, string Device, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, string> Headers, string Body, string Url)
{
    public string? Topic => Headers.GetValueOrDefault("topic");
}

/// <summary>What devices that are off will find; the newest ones, in memory.</summary>
internal sealed class PushStore
{
    private const int Most = 2000;
    private readonly Lock gate = new();
    private readonly LinkedList<PushMessage> messages = [];

    public IReadOnlyList<PushMessage> Of(string device)
    {
        lock (gate)
            return [.. messages.Where(m => m.Device == device)];
    }

    /// <summary>Keeps it; one that waits for the same device under the same topic is replaced (RFC 8030 §5.4).</summary>
    public void Add(PushMessage message)
    {
        lock (gate)
        {
            if (message.Topic is { } topic && messages.FirstOrDefault(m => m.Device == message.Device && m.Topic == topic) is { } replaced)
                messages.Remove(replaced);
            messages.AddLast(message);
            if (messages.Count > Most)
                messages.RemoveFirst();
        }
    }

    public void Clear()
    {
        lock (gate)
            messages.Clear();
    }
}
