namespace HaLong.PartnerLab.Sms;

/// <summary>One SMS on a telephone.</summary>
/// <param name="Id">Ours.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="To">The number, E.164.</param>
/// <param name="Sender">The sender name shown.</param>
/// <param name="Text">What it says.</param>
/// <param name="Key">The sender's idempotency key.</param>
internal sealed record SmsMessage(Guid Id, DateTimeOffset ReceivedAt, string To, string Sender, string Text, string? Key);

/// <summary>The newest messages, in memory; a key that was seen makes no second message.</summary>
internal sealed class SmsStore
{
    private const int Most = 5000;
    private readonly Lock gate = new();
    private readonly LinkedList<SmsMessage> messages = [];

    public IReadOnlyList<SmsMessage> All
    {
        get
        {
            lock (gate)
                return [.. messages];
        }
    }

    /// <summary>False when a message with this key is there already.</summary>
    public bool TryAdd(SmsMessage message)
    {
        lock (gate)
        {
            if (message.Key is not null && messages.Any(m => m.Key == message.Key))
                return false;
            messages.AddLast(message);
            if (messages.Count > Most)
                messages.RemoveFirst();
            return true;
        }
    }

    public void Clear()
    {
        lock (gate)
            messages.Clear();
    }
}
