using System.Net;
using System.Net.Sockets;

namespace HaLong.AppHost.Native;

/// <summary>Free ports on the loopback interface, below the range from which the kernel takes the ports of outgoing connections.</summary>
/// <remarks>A lock file for each port keeps platforms apart that start at the same moment; the locks go with the process.</remarks>
internal sealed class Ports : IDisposable
{
    private const int First = 20_000, Last = 32_000;
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"halong-ports-{Environment.UserName}");
    private readonly List<FileStream> _locks = [];
    private readonly HashSet<int> _claimed = [];

    public int Free()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            if (!_claimed.Contains(port) && TryLock(port) && IsFree(port))
                return port;
        }

        throw new DistributedApplicationException($"No free port between {First} and {Last}.");
    }

    /// <summary>A port that the model asks for.</summary>
    public int Claim(int port) =>
        !_claimed.Add(port) ? throw new DistributedApplicationException($"Port {port} is asked for by two endpoints of the model. Choose another one for one of them.")
        : IsFree(port) ? port : throw new DistributedApplicationException($"Port {port} is in use by another program. Choose another one, or stop that program.");

    public static bool IsFree(int port) =>
        CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    /// <summary>Somebody accepts connections; asked without an exception for "no".</summary>
    public static async Task<bool> IsListeningAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var attempt = new SocketAsyncEventArgs();
        attempt.RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, port);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        attempt.Completed += (_, _) => done.SetResult();
        if (socket.ConnectAsync(attempt))
            await done.Task;
        return attempt.SocketError == SocketError.Success;
    }

    public void Dispose()
    {
        foreach (var file in _locks)
            file.Dispose();
        _locks.Clear();
    }

    private bool TryLock(int port)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            _locks.Add(new FileStream(Path.Combine(Folder, $"{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // As servers do: a port whose last connections are still in TIME_WAIT is free.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
