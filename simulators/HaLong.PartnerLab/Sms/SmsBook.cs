namespace HaLong.PartnerLab.Sms;

/// <summary>One SMS as its aggregator remembers it.</summary>
/// <param name="Id">The aggregator's id.</param>
/// <param name="Key">The sender's key; null when it gave none.</param>
/// <param name="To">The number, E.164.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="EndsAt">When its end is known; null: never.</param>
/// <param name="Failure">Why it does not arrive; null when it does.</param>
internal sealed record SmsOrder(Guid Id, string? Key, string To, DateTimeOffset TakenAt, DateTimeOffset? EndsAt, string? Failure)
{
    /// <summary>taken, delivered or failed.</summary>
    public string StateAt(DateTimeOffset now) => EndsAt is null || EndsAt > now ? "taken" : Failure is null ? "delivered" : "failed";
}

/// <summary>What each aggregator has taken, the newest 5,000, in memory.</summary>
internal sealed class SmsBook
{
    private const int Most = 5000;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Carrier, string Key), SmsOrder> orders = [];
    private readonly Queue<(string, string)> ages = [];

    public SmsOrder? Find(string carrier, string key)
    {
        lock (gate)
            return orders.GetValueOrDefault((carrier, key));
    }

    public void Keep(string carrier, SmsOrder order)
    {
        if (order.Key is null)
            return;
        lock (gate)
        {
            orders[(carrier, order.Key)] = order;
            ages.Enqueue((carrier, order.Key));
            if (ages.Count > Most)
                orders.Remove(ages.Dequeue());
        }
    }
}
