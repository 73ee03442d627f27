using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace HaLong.Messaging;

/// <summary>A message in an error queue.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="MessageId">Id on the bus.</param>
/// <param name="Headers">What the broker and the bus noted, among it why it failed.</param>
/// <param name="Body">The envelope as it was sent.</param>
internal sealed record FailedMessage(int Number, string MessageId, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The last exception's message.</summary>
    public string Reason => Headers.GetValueOrDefault("MT-Fault-Message", "");
}

/// <summary>Inspects the error queues of a service and moves messages back, unchanged. Looking takes nothing out.</summary>
internal sealed class ErrorQueues(string broker, IReadOnlyList<string> queues)
{
    private const string Suffix = "_error";

    /// <summary>Every queue of the service whose error queue exists, with the number of messages in it.</summary>
    public async Task<IReadOnlyList<(string Queue, uint Messages)>> CountAsync(CancellationToken ct = default)
    {
        await using var connection = await ConnectAsync(ct);
        var counts = new List<(string, uint)>();
        foreach (var queue in queues)
        {
            if (await CountAsync(connection, queue, ct) is { } messages)
            {
                counts.Add((queue, messages));
            }
        }

        return counts;
    }

    /// <summary>The messages of an error queue, oldest first; null when there is no such queue.</summary>
    public async Task<IReadOnlyList<FailedMessage>?> PeekAsync(string queue, int atMost, CancellationToken ct = default)
    {
        await using var connection = await ConnectAsync(ct);
        if (await CountAsync(connection, queue, ct) is null)
        {
            return null;
        }

        // Taken without acknowledging: all of them are back in their places when the channel closes.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        var messages = new List<FailedMessage>();
        while (messages.Count < atMost && await channel.BasicGetAsync(queue + Suffix, autoAck: false, ct) is { } got)
        {
            messages.Add(Read(messages.Count + 1, got));
        }

        return messages;
    }

    /// <summary>Moves all messages, or the one with the id, back to their queue; null when there is no such queue.</summary>
    /// <returns>How many were moved.</returns>
    public async Task<int?> ReplayAsync(string queue, string? messageId, CancellationToken ct = default)
    {
        await using var connection = await ConnectAsync(ct);
        if (await CountAsync(connection, queue, ct) is not { } count)
        {
            return null;
        }

        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        var moved = 0;

        // Only what was there at the start: a message that fails again at once must not go round and round.
        for (var i = 0; i < count && await channel.BasicGetAsync(queue + Suffix, autoAck: false, ct) is { } got; i++)
        {
            if (messageId is not null && !string.Equals(got.BasicProperties.MessageId, messageId, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            // Confirmed before it is taken out: a crash in between doubles it, which the inbox absorbs.
            await channel.BasicPublishAsync(
                exchange: "", routingKey: queue, mandatory: true, new BasicProperties(got.BasicProperties), got.Body, ct);
            await channel.BasicAckAsync(got.DeliveryTag, multiple: false, ct);
            moved++;
        }

        return moved;
    }

    private static async Task<uint?> CountAsync(IConnection connection, string queue, CancellationToken ct)
    {
        // A queue that is not there closes the channel, hence one for each.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue + Suffix, ct)).MessageCount;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            return null;
        }
    }

    private static FailedMessage Read(int number, BasicGetResult got)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in got.BasicProperties.Headers ?? new Dictionary<string, object?>())
        {
            headers[name] = value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() ?? "";
        }

        return new FailedMessage(number, got.BasicProperties.MessageId ?? "", headers, Encoding.UTF8.GetString(got.Body.Span));
    }

    private Task<IConnection> ConnectAsync(CancellationToken ct) =>
        new ConnectionFactory { Uri = new Uri(broker), ClientProvidedName = "errors" }.CreateConnectionAsync(ct);
}
