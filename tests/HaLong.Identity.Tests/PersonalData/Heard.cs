using System.Collections.Concurrent;
using HaLong.TestSupport;
using MassTransit;

namespace HaLong.Identity.Tests.PersonalData;

/// <summary>Collects one kind of fact, as a neighbour with a queue of its own would.</summary>
internal sealed class Heard<T> : IAsyncDisposable, IConsumer<T>
    where T : class
{
    private readonly ConcurrentQueue<T> _heard = new();
    private IBusControl? _bus;

    public static async Task<Heard<T>> StartAsync(IdentitySite site)
    {
        var listener = new Heard<T>();
        listener._bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(site.Service.Broker));
            rabbit.ReceiveEndpoint($"heard-{typeof(T).Name.ToLowerInvariant()}-{Guid.CreateVersion7():N}", endpoint =>
            {
                endpoint.AutoDelete = true;
                endpoint.Instance(listener);
            });
        });
        await listener._bus.StartAsync(TimeSpan.FromSeconds(30));
        return listener;
    }

    /// <summary>Waits for the first that fits.</summary>
    public async Task<T> WaitAsync(Func<T, bool> fits) =>
        (await Eventually.ValueAsync(() => Task.FromResult(_heard.FirstOrDefault(fits)), found => found is not null, $"a {typeof(T).Name}"))!;

    public Task Consume(ConsumeContext<T> context)
    {
        _heard.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _bus!.StopAsync(TimeSpan.FromSeconds(5));
}
