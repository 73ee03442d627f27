using System.Collections.Concurrent;
using MassTransit;

namespace HaLong.Dossiers.Tests;

/// <summary>A queue of its own on the broker that collects one kind of fact.</summary>
public sealed class Listener<T> : IAsyncDisposable, IConsumer<T>
    where T : class
{
    private readonly ConcurrentQueue<T> heard = new();
    private IBusControl? bus;

    private Listener()
    {
    }

    public IReadOnlyCollection<T> Heard => heard;

    public static async Task<Listener<T>> StartAsync(Uri broker)
    {
        var listener = new Listener<T>();
        listener.bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.ReceiveEndpoint($"listener-{typeof(T).Name.ToLowerInvariant()}-{Guid.CreateVersion7():N}", endpoint =>
            {
                endpoint.AutoDelete = true;
                endpoint.Instance(listener);
            });
        });
        await listener.bus.StartAsync(TimeSpan.FromSeconds(30));
        return listener;
    }

    public Task Consume(ConsumeContext<T> context)
    {
        heard.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await bus!.StopAsync(TimeSpan.FromSeconds(5));
}
