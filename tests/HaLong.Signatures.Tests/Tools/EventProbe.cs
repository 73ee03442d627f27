using System.Collections.Concurrent;
using System.Text.Json;
using HaLong.Signatures.Contracts.Events;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Hears what the service tells, as another service would, on a queue of its own.</summary>
internal sealed class EventProbe : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;

    private EventProbe(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public ConcurrentQueue<JsonElement> Heard { get; } = new();

    /// <param name="broker">amqp URL.</param>
    /// <param name="message">What is listened for; signed documents unless told otherwise.</param>
    public static async Task<EventProbe> ListenAsync(string broker, Type? message = null)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var probe = new EventProbe(connection, channel);
        var exchange = (message ?? typeof(DocumentSigned)).GetCustomAttributes(false).OfType<MassTransit.EntityNameAttribute>().Single().EntityName;
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        var queue = await channel.QueueDeclareAsync();
        await channel.QueueBindAsync(queue.QueueName, exchange, "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var document = JsonDocument.Parse(delivery.Body);
            probe.Heard.Enqueue(document.RootElement.GetProperty("message").Clone());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return probe;
    }

    public List<JsonElement> Of(string document) => [.. Heard.Where(e => e.GetProperty("documentId").GetString() == document)];

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
