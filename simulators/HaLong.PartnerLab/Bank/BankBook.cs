using System.Threading.Channels;

namespace HaLong.PartnerLab.Bank;

/// <summary>Booked transfers, the newest thousand, and the line of those whose notice is still to be sent.</summary>
internal sealed class BankBook
{
    private const int Capacity = 1000;
    private readonly Lock gate = new();
    private readonly OrderedDictionary<Guid, Transfer> transfers = [];
    private readonly Channel<Guid> line = Channel.CreateUnbounded<Guid>();
    private readonly Channel<Guid> statements = Channel.CreateUnbounded<Guid>();

    public IReadOnlyList<Transfer> All
    {
        get
        {
            lock (gate)
                return [.. transfers.Values];
        }
    }

    public IAsyncEnumerable<Guid> ToNotifyAsync(CancellationToken ct) => line.Reader.ReadAllAsync(ct);

    /// <summary>Transfers for the lists of the second bank.</summary>
    public ChannelReader<Guid> ForStatements => statements.Reader;

    public Transfer? Find(Guid id)
    {
        lock (gate)
            return transfers.GetValueOrDefault(id);
    }

    public void Book(Transfer transfer)
    {
        lock (gate)
        {
            transfers.Add(transfer.Id, transfer);
            if (transfers.Count > Capacity)
                transfers.RemoveAt(0);
        }

        (transfer.InStatement ? statements : line).Writer.TryWrite(transfer.Id);
    }

    public void Update(Guid id, Func<Transfer, Transfer> change)
    {
        lock (gate)
        {
            if (transfers.TryGetValue(id, out var transfer))
                transfers[id] = change(transfer);
        }
    }

    public void Clear()
    {
        lock (gate)
            transfers.Clear();
    }
}
