using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using HaLong.Signatures.Contracts.Events;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Hears every event about sessions, as another service would.</summary>
internal sealed class SigningProbe : IAsyncDisposable
{
    private static readonly Type[] Types =
    [
        typeof(SigningRequested), typeof(SigningReminderDue), typeof(SigningCompleted), typeof(SigningRefused), typeof(SigningExpired),
            typeof(SigningCancelled),
    ];

    private readonly IConnection connection;
    private readonly IChannel channel;

    private SigningProbe(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public ConcurrentQueue<(string Name, JsonElement Message)> Heard { get; } = new();

    public static async Task<SigningProbe> ListenAsync(string broker)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var probe = new SigningProbe(connection, channel);
        var queue = await channel.QueueDeclareAsync();
        foreach (var type in Types)
        {
            var exchange = type.GetCustomAttribute<EntityNameAttribute>()!.EntityName;
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, exchange, "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var document = JsonDocument.Parse(delivery.Body);
            probe.Heard.Enqueue((delivery.Exchange, document.RootElement.GetProperty("message").Clone()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return probe;
    }

    /// <summary>Names of the events about a session, without their prefix, in the order they came.</summary>
    public List<string> NamesOf(Guid session) => [.. Of(session).Select(h => h.Name["halong.signing-".Length..^".v1".Length])];

    public IEnumerable<(string Name, JsonElement Message)> Of(Guid session) => Heard.Where(h => h.Message.GetProperty("sessionId")
        .GetGuid() == session);

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
