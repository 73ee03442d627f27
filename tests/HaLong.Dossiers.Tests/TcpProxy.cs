using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HaLong.Dossiers.Tests;

/// <summary>A line to a server that can be cut and mended.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> open = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Uri target;
    private volatile bool cut;

    private TcpProxy(Uri target) => this.target = target;

    public string Url => new UriBuilder(target) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri.AbsoluteUri;

    public static TcpProxy Start(Uri target)
    {
        var proxy = new TcpProxy(target);
        proxy.listener.Start();
        _ = proxy.AcceptAsync();
        return proxy;
    }

    public void Cut()
    {
        cut = true;
        foreach (var client in open)
            client.Close();
    }

    public void Mend() => cut = false;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        foreach (var client in open)
            client.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            TcpClient near;
            try
            {
                near = await listener.AcceptTcpClientAsync(stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            if (cut)
            {
                near.Close();
                continue;
            }
            var far = new TcpClient();
            open.Add(near);
            open.Add(far);
            await far.ConnectAsync(target.Host, target.Port, stop.Token);
            _ = PumpAsync(near, far);
            _ = PumpAsync(far, near);
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The line was cut.
        }
        from.Close();
        to.Close();
    }
}
