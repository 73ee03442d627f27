using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaLong.Messaging;

/// <summary>Wakes the dispatcher of this process; polling is only the net under it.</summary>
internal sealed class OutboxSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public bool IsSet => _channel.Reader.TryPeek(out _);

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(atMost);
        try
        {
            await _channel.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The poll interval is over.
        }
    }
}

/// <summary>Signals after the commit that made outbox rows visible: a save outside a transaction, or the transaction's end.</summary>
internal sealed class OutboxWakeUp(OutboxSignal signal) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private static readonly ConditionalWeakTable<DbContext, StrongBox<bool>> Expecting = [];

    /// <summary>Notes that the unit of work holds rows, so that commits without any wake nobody.</summary>
    public static void Expect(DbContext db) => Expecting.GetOrCreateValue(db).Value = true;

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake(eventData.Context);
        return Task.CompletedTask;
    }

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Wake(eventData.Context);

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(SavedChanges(eventData, result));

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (eventData.Context is { Database.CurrentTransaction: null } db)
        {
            Wake(db);
        }

        return result;
    }

    private void Wake(DbContext? db)
    {
        if (db is not null && Expecting.TryGetValue(db, out var expected) && expected.Value)
        {
            expected.Value = false;
            signal.Set();
        }
    }
}
