namespace HaLong.PartnerLab.Sms;

/// <summary>One SMS on a telephone.</summary>
/// <param name="Id">Ours.</param>
/// <param name="ReceivedAt">When.</param>
/// <param name="To">The number, E.164.</param>
/// <param name="Sender">The sender name shown.</param>
/// <param name="Text">What it says.</param>
/// <param name="Key">The sender's idempotency key.</param>
/// <param name="Carrier">Which aggregator brought it: sms or smsSoap.</param>
internal sealed record SmsMessage(Guid Id, DateTimeOffset ReceivedAt, string To, string Sender, string Text, string? Key, string Carrier = "sms");

/// <summary>The newest messages on all telephones, in memory.</summary>
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

    public void Add(SmsMessage message)
    {
        lock (gate)
        {
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
