using System.Collections.Concurrent;
using HaLong.TestSupport;
using MassTransit;

namespace HaLong.Identity.Tests.Delegations;

/// <summary>Hears one kind of fact on the service's bus, like a neighbour with a queue of its own.</summary>
internal static class Ear
{
    public static async Task<Ear<T>> OnAsync<T>(IdentitySite site)
        where T : class
    {
        var ear = new Ear<T>();
        await ear.StartAsync(new Uri(site.Service.Broker));
        return ear;
    }
}

internal sealed class Ear<T> : IAsyncDisposable, IConsumer<T>
    where T : class
{
    private readonly ConcurrentQueue<T> _heard = new();
    private IBusControl? _bus;

    public IReadOnlyCollection<T> All => _heard;

    public async Task StartAsync(Uri broker)
    {
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.ReceiveEndpoint($"ear-{typeof(T).Name.ToLowerInvariant()}-{Guid.CreateVersion7():N}", endpoint =>
            {
                endpoint.AutoDelete = true;
                endpoint.Instance(this);
            });
        });
        await _bus.StartAsync(TimeSpan.FromSeconds(30));
    }

    public Task Consume(ConsumeContext<T> context)
    {
        _heard.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    /// <summary>The fact that fits, once it is told.</summary>
    public async Task<T> HearAsync(Func<T, bool> fits)
    {
        await Eventually.Async(() => Task.FromResult(_heard.Any(fits)), typeof(T).Name);
        return _heard.First(fits);
    }

    public async ValueTask DisposeAsync() => await _bus!.StopAsync(TimeSpan.FromSeconds(5));
}
