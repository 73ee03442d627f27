using System.Net;
using System.Net.Sockets;

namespace HaLong.TestSupport;

/// <summary>A wire between a service and a server that a test can cut, freeze and mend: an outage without touching the server.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private TaskCompletionSource _flow = Flowing();
    private TaskCompletionSource _answers = Flowing();
    private TcpListener? _listener;

    private TcpProxy(string host, int port) => (_host, _port) = (host, port);

    /// <summary>Where to connect instead of the server.</summary>
    public int Port { get; private set; }

    /// <summary>Starts a proxy in front of a server, or only reserves its port, as if the server were down.</summary>
    public static TcpProxy To(string host, int port, bool cut = false)
    {
        var proxy = new TcpProxy(host, port);
        proxy.Mend();
        if (cut)
        {
            proxy.Cut();
        }

        return proxy;
    }

    /// <summary>Drops every connection and refuses new ones.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            _open.ForEach(s => s.Dispose());
            _open.Clear();
        }

        Thaw();
    }

    /// <summary>Lets connections stand, and new ones in, but passes nothing on: the worst kind of outage.</summary>
    public void Freeze() => _flow = _answers = Frozen();

    /// <summary>The server hears everything, but nothing it says arrives.</summary>
    public void FreezeAnswers() => _answers = Frozen();

    /// <summary>Passes on again.</summary>
    public void Thaw()
    {
        _flow.TrySetResult();
        _answers.TrySetResult();
    }

    /// <summary>Accepts connections again, on the same port.</summary>
    public void Mend()
    {
        Thaw();
        lock (_gate)
        {
            if (_listener is null)
            {
                _listener = new TcpListener(IPAddress.Loopback, Port);
                _listener.Start();
                Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
                _ = AcceptAsync(_listener);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource();
        flowing.SetResult();
        return flowing;
    }

    private static TaskCompletionSource Frozen() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            lock (_gate)
            {
                if (_listener is null)
                {
                    client.Dispose();
                    return;
                }

                _open.Add(client);
                _open.Add(server);
            }

            await _flow.Task;
            await server.ConnectAsync(_host, _port);
            await Task.WhenAny(PumpAsync(client, server, () => _flow.Task), PumpAsync(server, client, () => _answers.Task));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut, or the server is away.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Func<Task> flow)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                await flow();
                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
