using System.Text;
using RabbitMQ.Client;

namespace HaLong.Notifications.Amqp;

/// <summary>An open way to the exchange that partners bind to; closed and opened anew after a failure.</summary>
internal sealed class PublicExchange : IAsyncDisposable
{
    public const string Name = "halong.public-events";
    public const string ContentType = "application/cloudevents+json; charset=utf-8";

    // A broker that does not answer must not hold up the next try.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly IConnection connection;
    private readonly IChannel channel;

    private PublicExchange(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public static async Task<PublicExchange> OpenAsync(Uri broker, CancellationToken ct)
    {
        var factory = new ConnectionFactory { Uri = broker, ClientProvidedName = "public-events", AutomaticRecoveryEnabled = false };
        var connection = await factory.CreateConnectionAsync(ct);
        try
        {
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
            await channel.ExchangeDeclareAsync(Name, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: ct);
            return new PublicExchange(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Publishes events in the order of the log and returns when the broker has confirmed all. An event is sent only after its dossier's
    /// predecessor is confirmed; dossiers do not wait for each other.
    /// </summary>
    public async Task PublishAsync(IReadOnlyList<ReleasedEvent> events, CancellationToken ct)
    {
        var turns = events.GroupBy(e => e.DossierId).SelectMany(d => d.OrderBy(e => e.Position).Select((e, turn) => (Event: e, Turn: turn)))
            .GroupBy(e => e.Turn).OrderBy(t => t.Key);
        foreach (var turn in turns)
            await Task.WhenAll(turn.Select(e => PublishAsync(e.Event, ct)));
    }

    public async ValueTask DisposeAsync()
    {
        await connection.AbortAsync(Farewell);
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    // Structured mode of CloudEvents: the very bytes that webhooks and feed give.
    private async Task PublishAsync(ReleasedEvent e, CancellationToken ct)
    {
        var properties = new BasicProperties
        {
            MessageId = e.Id.ToString(),
            ContentType = ContentType,
            Type = e.Type,
            AppId = "halong",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(e.ReleasedAt.ToUnixTimeSeconds()),
            Headers = new Dictionary<string, object?> { ["sequence"] = e.Sequence, ["dossier"] = e.DossierId.ToString() },
        };
        if (e.TraceParent is not null)
            properties.Headers["traceparent"] = e.TraceParent;
        // Nobody has to be bound: what is not wanted now can be read from the feed later.
        await channel.BasicPublishAsync(Name, e.RoutingKey, mandatory: false, properties, Encoding.UTF8.GetBytes(e.Envelope), ct);
    }
}

/// <summary>An event that has its place in the log.</summary>
internal sealed record ReleasedEvent(
    long Position, Guid Id, Guid DossierId, long Sequence, string Type, string? TraceParent, string Envelope, DateTimeOffset ReleasedAt, string? Unit,
    string? Procedure)
{
    /// <summary>Type, unit, procedure: always seven words, because a dot within a code is written as a hyphen.</summary>
    public string RoutingKey => $"{Type}.{Word(Unit)}.{Word(Procedure)}";

    private static string Word(string? code) => code is { Length: > 0 } ? code.Replace('.', '-') : "-";
}
