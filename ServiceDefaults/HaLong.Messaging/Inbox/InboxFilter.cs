using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging;

/// <summary>
/// Makes a consumer's effect happen once: its inbox row and its work commit together. A concurrent duplicate waits on the row's key
/// and then finds it taken.
/// </summary>
internal sealed class InboxFilter<TMessage>(UnitOfWork unit, OutboxMetrics metrics, TimeProvider time) : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        var db = unit.Db;
        var endpoint = context.ReceiveContext.InputAddress.Segments[^1];
        var id = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be taken exactly once.");
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        var taken = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO inbox_message (message_id, endpoint, received_at) VALUES ({id}, {endpoint}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING",
            context.CancellationToken);
        if (taken == 0)
        {
            metrics.Consumed(endpoint, duplicate: true);
            return;
        }

        await next.Send(context);
        await db.SaveChangesAsync(context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
        metrics.Consumed(endpoint, duplicate: false);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}

/// <summary>The DbContext of the current scope, for filters that MassTransit builds by message type only.</summary>
internal sealed record UnitOfWork(DbContext Db);
