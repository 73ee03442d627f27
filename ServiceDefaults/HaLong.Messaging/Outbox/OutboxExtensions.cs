using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging;

/// <summary>The only way a fact leaves a service.</summary>
public static class OutboxExtensions
{
    /// <summary>
    /// Adds the message to the unit of work: it is published after the transaction commits, and only then; at least once, with one id. Its
    /// evidence is one more row of the same save.
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="message">A type with [EntityName].</param>
    /// <param name="delay">Not before this much time has passed.</param>
    /// <returns>The id it will have on the bus.</returns>
    public static Guid Enqueue<TMessage>(this DbContext db, TMessage message, TimeSpan delay = default)
        where TMessage : class
    {
        ArgumentNullException.ThrowIfNull(message);
        var services = db.Services();
        var now = (services?.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();
        var row = new OutboxMessage
        {
            MessageId = Guid.CreateVersion7(now),
            Type = MessageTypes.NameOf(message.GetType()),
            Payload = JsonSerializer.Serialize(message, message.GetType(), MessageTypes.Json),
            TraceParent = Activity.Current?.Id,
            OccurredAt = now,
            AvailableAt = now + delay,
        };
        db.Add(row);
        db.Add(row.EvidenceOf(services));
        OutboxWakeUp.Expect(db);
        return row.MessageId;
    }
}
