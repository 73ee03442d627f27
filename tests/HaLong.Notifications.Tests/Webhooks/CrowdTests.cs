using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>Many who behave badly at once, and what becomes of those who do not.</summary>
public sealed class CrowdTests(World world) : IClassFixture<World>
{
    private const int Hostile = 50;
    private const int Dossiers = 20;

    [Fact]
    public async Task While_fifty_hostile_receivers_hang_flood_redirect_and_break_off_the_good_ones_get_everything()
    {
        await using var crowd = new HostileCrowd();
        await using var good = await Receiver.StartAsync();
        await using var better = await Receiver.StartAsync();
        var hostile = new List<Guid>();
        for (var i = 0; i < Hostile; i++)
            hostile.Add((await world.SubscribeAsync(crowd.Url(i), "hostile-" + i)).Id);
        await world.SubscribeAsync(good.Url, "good");
        await world.SubscribeAsync(better.Url, "better");
        var dossiers = Enumerable.Range(0, Dossiers).Select(_ => new Facts(Guid.CreateVersion7())).ToList();

        await Task.WhenAll(dossiers.Select(d => world.PublishAllAsync([d.Submitted(), d.FeePaid(), d.Accepted()])));

        foreach (var receiver in new[] { good, better })
        {
            await Eventually.Async(() => Task.FromResult(dossiers.All(d => receiver.SequencesOf(d.Dossier).Count >= 3)), "a good one has everything", TimeSpan.FromSeconds(60));
            Assert.All(dossiers, d => Assert.Equal([1, 2, 3], receiver.SequencesOf(d.Dossier)));
        }

        // The bad ones are not through with their first events: nobody has waited for them.
        var states = await world.InDatabaseAsync(db => Task.FromResult(db.Deliveries.Where(d => hostile.Contains(d.SubscriptionId)).GroupBy(d => d.State).ToDictionary(g => g.Key, g => g.Count())));
        Assert.True(states[DeliveryState.Pending] > Hostile * Dossiers, "the hostile ones were served before the good ones");
        Assert.False(states.ContainsKey(DeliveryState.Delivered));
        Assert.True(crowd.Connections > Hostile / 2, "hardly any hostile receiver was called");
        Assert.Equal(0, crowd.Trapped);
        foreach (var (id, i) in hostile.Select((id, i) => (id, i)))
            await world.AsPartner("hostile-" + i).DeleteAsync(new Uri($"/api/v1/subscriptions/{id}", UriKind.Relative), World.Ct);
    }

    /// <summary>Bare sockets that misbehave, each in its way by the path it is called at.</summary>
    private sealed class HostileCrowd : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly TcpListener trap = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource end = new();
        private readonly ConcurrentBag<Socket> open = [];
        private int connections, trapped;

        public HostileCrowd()
        {
            listener.Start(512);
            trap.Start();
            _ = AcceptAsync(listener, ServeAsync);
            _ = AcceptAsync(trap, _ =>
            {
                Interlocked.Increment(ref trapped);
                return Task.CompletedTask;
            });
        }

        public int Connections => connections;

        /// <summary>Who followed the redirect to this machine's inside.</summary>
        public int Trapped => trapped;

        public string Url(int number) => number % 6 == 5
            ? $"https://127.0.0.1:{Port(listener)}/tls"
            : $"http://127.0.0.1:{Port(listener)}/{(number % 6) switch { 0 => "hang", 1 => "drip", 2 => "flood", 3 => "redirect", _ => "close" }}";

        private static int Port(TcpListener of) => ((IPEndPoint)of.LocalEndpoint).Port;

        private async Task AcceptAsync(TcpListener from, Func<Socket, Task> serve)
        {
            try
            {
                while (true)
                {
                    var socket = await from.AcceptSocketAsync(end.Token);
                    open.Add(socket);
                    _ = serve(socket);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            Interlocked.Increment(ref connections);
            try
            {
                var buffer = new byte[8192];
                var length = await socket.ReceiveAsync(buffer, end.Token);
                var head = System.Text.Encoding.ASCII.GetString(buffer, 0, length);
                if (head.Contains("/hang", StringComparison.Ordinal))
                    return;
                if (head.Contains("/drip", StringComparison.Ordinal))
                    await DripAsync(socket);
                else if (head.Contains("/flood", StringComparison.Ordinal))
                    await FloodAsync(socket);
                else if (head.Contains("/redirect", StringComparison.Ordinal))
                    await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{Port(trap)}/inside\r\nContent-Length: 0\r\n\r\n"), end.Token);
                else
                    socket.Close();
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Hung up on.
            }
        }

        /// <summary>A head that never ends, one byte at a time.</summary>
        private async Task DripAsync(Socket socket)
        {
            await socket.SendAsync("HTTP/1.1 200 OK\r\nX-Slow: "u8.ToArray(), end.Token);
            while (true)
            {
                await socket.SendAsync("a"u8.ToArray(), end.Token);
                await Task.Delay(100, end.Token);
            }
        }

        /// <summary>A refusal with a head of megabytes.</summary>
        private async Task FloodAsync(Socket socket)
        {
            await socket.SendAsync("HTTP/1.1 500 No\r\n"u8.ToArray(), end.Token);
            for (var i = 0; i < 1000; i++)
                await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"X-H{i}: {new string('x', 1000)}\r\n"), end.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            listener.Dispose();
            trap.Dispose();
            foreach (var socket in open)
                socket.Dispose();
            end.Dispose();
        }
    }
}
