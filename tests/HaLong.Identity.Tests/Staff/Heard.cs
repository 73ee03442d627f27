using System.Collections.Concurrent;
using HaLong.Identity.Contracts.Events;
using HaLong.TestSupport;
using MassTransit;

namespace HaLong.Identity.Tests.Staff;

/// <summary>Listens on the site's broker as another service would.</summary>
internal sealed class Heard : IAsyncDisposable
{
    private readonly ConcurrentQueue<object> _messages = [];
    private IBusControl? _bus;

    public IEnumerable<T> All<T>() => _messages.OfType<T>();

    public static async Task<Heard> OnAsync(IdentitySite site)
    {
        var heard = new Heard();
        heard._bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(site.Service.Broker));
            rabbit.ReceiveEndpoint("listener-" + Guid.CreateVersion7().ToString("N"), e =>
            {
                e.AutoDelete = true;
                heard.Take<StaffAssigned>(e);
                heard.Take<StaffReleased>(e);
                heard.Take<UnitChanged>(e);
                heard.Take<AccountRegistered>(e);
            });
        });
        await heard._bus.StartAsync(TestContext.Current.CancellationToken);
        return heard;
    }

    /// <summary>Waits for the message, and is sure that there is but one.</summary>
    public async Task<T> OneAsync<T>(Func<T, bool> fits)
    {
        await Eventually.Async(() => Task.FromResult(All<T>().Any(fits)), typeof(T).Name + " was told");
        return All<T>().Single(fits);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.StopAsync(CancellationToken.None);
    }

    private void Take<T>(IReceiveEndpointConfigurator endpoint)
        where T : class => endpoint.Handler<T>(c =>
        {
            _messages.Enqueue(c.Message);
            return Task.CompletedTask;
        });
}
