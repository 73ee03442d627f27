using System.Collections.Concurrent;
using System.Text.Json;
using HaLong.TestSupport;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace HaLong.Payments.Tests;

/// <summary>Hears the facts that a service publishes, as a neighbour with a queue of its own would.</summary>
internal sealed class EventProbe : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Exchange, Guid Id, JsonElement Message)> heard = new();
    private readonly IConnection connection;

    private EventProbe(IConnection connection) => this.connection = connection;

    public static async Task<EventProbe> ListenAsync(string broker, params string[] exchanges)
    {
        var probe = new EventProbe(await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync());
        var channel = await probe.connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        foreach (var exchange in exchanges)
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue, exchange, "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var envelope = JsonDocument.Parse(delivery.Body).RootElement;
            probe.heard.Enqueue((delivery.Exchange, envelope.GetProperty("messageId").GetGuid(), envelope.GetProperty("message").Clone()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return probe;
    }

    /// <summary>Messages about one thing: those whose property has the value.</summary>
    public IReadOnlyList<JsonElement> About(string property, Guid id) =>
        [.. heard.Select(h => h.Message).Where(m => m.TryGetProperty(property, out var value) && value.GetGuid() == id)];

    /// <summary>Everything of one kind, each once however often it was delivered: a repeated delivery has the same id.</summary>
    public IReadOnlyList<JsonElement> Facts(string exchange) => [.. heard.Where(h => h.Exchange == exchange).DistinctBy(h => h.Id).Select(h => h.Message)];

    /// <summary>Waits for as many messages about a thing as expected, and returns what there is.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitAsync(string property, Guid id, int expected = 1)
    {
        await Eventually.Async(() => Task.FromResult(About(property, id).Count >= expected), $"{expected} messages with {property} {id}");
        return About(property, id);
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();
}
