using System.Collections.Concurrent;
using MassTransit;

namespace HaLong.Dossiers.Tests;

/// <summary>Starts listeners.</summary>
public static class Listener
{
    /// <summary>A queue of its own on the broker that collects one kind of fact.</summary>
    public static async Task<Listener<T>> StartAsync<T>(Uri broker)
        where T : class
    {
        var listener = new Listener<T>();
        await listener.StartAsync(broker);
        return listener;
    }
}

/// <summary>Collects one kind of fact.</summary>
public sealed class Listener<T> : IAsyncDisposable, IConsumer<T>
    where T : class
{
    private readonly ConcurrentQueue<T> heard = new();
    private IBusControl? bus;

    public IReadOnlyCollection<T> Heard => heard;

    internal async Task StartAsync(Uri broker)
    {
        bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.ReceiveEndpoint($"listener-{typeof(T).Name.ToLowerInvariant()}-{Guid.CreateVersion7():N}", endpoint =>
            {
                endpoint.AutoDelete = true;
                endpoint.Instance(this);
            });
        });
        await bus.StartAsync(TimeSpan.FromSeconds(30));
    }

    public Task Consume(ConsumeContext<T> context)
    {
        heard.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await bus!.StopAsync(TimeSpan.FromSeconds(5));
}
