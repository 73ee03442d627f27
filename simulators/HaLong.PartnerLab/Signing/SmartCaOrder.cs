namespace HaLong.PartnerLab.Signing;

/// <summary>What the person did, or did not.</summary>
internal enum SmartCaState
{
    Pending,
    Completed,
    Declined,
    Expired,
    Failed,
}

/// <summary>A hash to sign.</summary>
internal sealed record SmartCaDocument(string DocId, string Hash);

/// <summary>An order on the person's telephone. Both ids are kept: the platform's and the gateway's.</summary>
internal sealed record SmartCaOrder(string TranCode, string TransactionId, string UserId, string SerialNumber, string Description, IReadOnlyList<SmartCaDocument> Documents,
    DateTimeOffset Until, SmartCaState State, IReadOnlyList<int> Told);

/// <summary>The gateway's orders, the newest thousand.</summary>
internal sealed class SmartCaBook(TimeProvider clock)
{
    private const int Capacity = 1000;
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, SmartCaOrder> orders = new(StringComparer.Ordinal);

    public IReadOnlyList<SmartCaOrder> All
    {
        get
        {
            lock (gate)
                return [.. orders.Values];
        }
    }

    public void Add(SmartCaOrder order)
    {
        lock (gate)
        {
            orders[order.TranCode] = order;
            if (orders.Count > Capacity)
                orders.RemoveAt(0);
        }
    }

    /// <summary>As it stands: nobody answers an order that is over.</summary>
    public SmartCaOrder? Find(string tranCode)
    {
        lock (gate)
        {
            if (orders.TryGetValue(tranCode, out var order) && order.State == SmartCaState.Pending && clock.GetUtcNow() >= order.Until)
                orders[tranCode] = order with { State = SmartCaState.Expired };
            return orders.GetValueOrDefault(tranCode);
        }
    }

    public SmartCaOrder? End(string tranCode, SmartCaState state)
    {
        lock (gate)
        {
            if (!orders.TryGetValue(tranCode, out var order))
                return null;
            return order.State == SmartCaState.Pending ? orders[tranCode] = order with { State = state } : order;
        }
    }

    public void Note(string tranCode, int status)
    {
        lock (gate)
        {
            if (orders.TryGetValue(tranCode, out var order))
                orders[tranCode] = order with { Told = [.. order.Told, status] };
        }
    }
}
