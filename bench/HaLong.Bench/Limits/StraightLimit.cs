using System.Text.Json;
using HaLong.Bench.Notify;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace HaLong.Bench.Limits;

/// <summary>The same bytes straight through the broker and an HTTP client to the same receiver: no log, no order, no retry, no signature.</summary>
internal sealed class StraightLimit(IConnection connection, EventReceiver receiver) : IAsyncDisposable
{
    public const ushort AtOnce = 8;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private IChannel? _out, _in;
    private string _queue = "";

    public async Task OpenAsync()
    {
        _out = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        _in = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: AtOnce));
        _queue = (await _in.QueueDeclareAsync()).QueueName;
        await _in.BasicQosAsync(0, AtOnce, global: false);
        var consumer = new AsyncEventingBasicConsumer(_in);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            using var content = new ByteArrayContent(delivery.Body.ToArray());
            using var answer = await _http.PostAsync(new Uri(receiver.Url), content);
            answer.EnsureSuccessStatusCode();
            await _in.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await _in.BasicConsumeAsync(_queue, autoAck: false, consumer);
    }

    public async Task PublishAsync(Guid dossier, DateTimeOffset now) =>
        await _out!.BasicPublishAsync("", _queue, mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, Body(dossier, now)); // opened before

    /// <summary>What a webhook carries.</summary>
    internal static byte[] Body(Guid dossier, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        specversion = "1.0",
        id = Guid.CreateVersion7(now),
        source = "urn:halong:dossier",
        type = "vn.halong.dossier.processing-started.v1",
        subject = dossier,
        time = now,
        datacontenttype = "application/json",
        sequence = 1,
        traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        data = new { dossierId = dossier, code = "BENCH-1764547200000", procedureCode = "1.013978", unitCode = FactPublisher.Unit },
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in new[] { _out, _in })
        {
            if (channel is not null)
                await channel.DisposeAsync();
        }

        _http.Dispose();
    }
}
