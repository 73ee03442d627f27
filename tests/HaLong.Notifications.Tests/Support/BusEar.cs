using System.Threading.Channels;
using MassTransit;

namespace HaLong.Notifications.Tests.Support;

/// <summary>A neighbour that listens on the broker.</summary>
internal sealed class BusEar : IAsyncDisposable
{
    private readonly IBusControl bus;

    private BusEar(IBusControl bus) => this.bus = bus;

    public static async Task<BusEar<T>> ListenAsync<T>(string broker, Func<T, bool> wanted)
        where T : class
    {
        var heard = Channel.CreateUnbounded<T>();
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(broker));
            rabbit.ReceiveEndpoint(endpoint => endpoint.Handler<T>(context =>
            {
                if (wanted(context.Message))
                    heard.Writer.TryWrite(context.Message);
                return Task.CompletedTask;
            }));
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        return new BusEar<T>(new BusEar(bus), heard.Reader);
    }

    public async ValueTask DisposeAsync() => await bus.StopAsync();
}

internal sealed class BusEar<T>(BusEar ear, ChannelReader<T> heard) : IAsyncDisposable
{
    public async Task<T> NextAsync() => await heard.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public ValueTask DisposeAsync() => ear.DisposeAsync();
}
