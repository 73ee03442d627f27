using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;

namespace HaLong.Bench.Notify;

/// <summary>Facts of dossiers put on the broker as the dossier service puts them there; of a kind that only partners hear of.</summary>
internal sealed class FactPublisher(IConnection connection) : IAsyncDisposable
{
    public const string Exchange = "halong.dossier-processing-started.v1", Unit = "bench";

    private readonly SemaphoreSlim _one = new(1, 1);
    private IChannel? _channel;

    /// <summary>Returns when the broker has it for certain.</summary>
    public async Task PublishAsync(Guid dossier, DateTimeOffset now)
    {
        var channel = await ChannelAsync();
        var id = Guid.CreateVersion7(now);
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = id.ToString(), DeliveryMode = DeliveryModes.Persistent };
        await channel.BasicPublishAsync(Exchange, "", mandatory: false, properties, Envelope(id, dossier, now));
    }

    internal static byte[] Envelope(Guid id, Guid dossier, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        messageId = id,
        messageType = new[] { "urn:message:" + Exchange },
        sentTime = now,
        message = new
        {
            dossierId = dossier,
            code = "BENCH-" + now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            sequence = 1,
            occurredAt = now,
            procedureCode = "1.013978",
            unitCode = Unit,
            ownerId = dossier,
            officerId = dossier,
        },
    });

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
        _one.Dispose();
    }

    private async Task<IChannel> ChannelAsync()
    {
        await _one.WaitAsync();
        try
        {
            return _channel ??= await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        }
        finally
        {
            _one.Release();
        }
    }
}
