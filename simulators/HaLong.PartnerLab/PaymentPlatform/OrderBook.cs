namespace HaLong.PartnerLab.PaymentPlatform;

/// <summary>An order at the platform.</summary>
/// <param name="Number">MaThamChieu.</param>
/// <param name="Amount">Đồng that are asked for.</param>
/// <param name="Text">ThongTinGiaoDich.</param>
/// <param name="OrderedAt">When it came.</param>
/// <param name="State">khoi-tao, thanh-cong or that-bai.</param>
/// <param name="Transaction">MaGiaoDich, once somebody paid or gave up.</param>
/// <param name="Paid">Đồng that were paid.</param>
/// <param name="EndedAt">When.</param>
/// <param name="Confirmations">Status of each confirmation; 0: no answer.</param>
internal sealed record PlatformOrder(
    string Number, long Amount, string Text, DateTimeOffset OrderedAt, string State, string Transaction, long Paid, DateTimeOffset? EndedAt, IReadOnlyList<int> Confirmations)
{
    public const string Open = "khoi-tao";
    public const string Done = "thanh-cong";
    public const string Failed = "that-bai";
}

/// <summary>The orders, the newest thousand. An order number that is there is not taken twice.</summary>
internal sealed class OrderBook
{
    private const int Capacity = 1000;
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, PlatformOrder> orders = new(StringComparer.Ordinal);

    public IReadOnlyList<PlatformOrder> All
    {
        get
        {
            lock (gate)
                return [.. orders.Values];
        }
    }

    public PlatformOrder? Find(string number)
    {
        lock (gate)
            return orders.GetValueOrDefault(number);
    }

    /// <summary>False when there is one of this number.</summary>
    public bool TryAdd(PlatformOrder order)
    {
        lock (gate)
        {
            if (!orders.TryAdd(order.Number, order))
                return false;
            if (orders.Count > Capacity)
                orders.RemoveAt(0);
            return true;
        }
    }

    /// <summary>Ends an open order; nothing when there is none, or it has ended.</summary>
    public PlatformOrder? End(string number, bool pays, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!orders.TryGetValue(number, out var order) || order.State != PlatformOrder.Open)
                return null;
            return orders[number] = order with
            {
                State = pays ? PlatformOrder.Done : PlatformOrder.Failed,
                Transaction = "GD" + Guid.CreateVersion7(now).ToString("N"),
                Paid = pays ? order.Amount : 0,
                EndedAt = now,
            };
        }
    }

    public void Confirmed(string number, int status)
    {
        lock (gate)
        {
            if (orders.TryGetValue(number, out var order))
                orders[number] = order with { Confirmations = [.. order.Confirmations, status] };
        }
    }
}
