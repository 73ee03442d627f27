using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>Which ports are given out.</summary>
public sealed class PortsTests
{
    [Fact]
    public void A_port_on_which_somebody_listens_is_not_free_on_either_loopback_address()
    {
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }.Where(a => a == IPAddress.Loopback || Socket.OSSupportsIPv6))
        {
            using var listener = new TcpListener(address, 0);
            listener.Start();
            Assert.False(Ports.IsFree(((IPEndPoint)listener.LocalEndpoint).Port));
        }
    }

    [Fact]
    public async Task Whether_somebody_listens_is_told_without_an_exception()
    {
        using var ports = new Ports();
        var port = ports.Free();
        Assert.False(await Ports.IsListeningAsync(port));
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Assert.True(await Ports.IsListeningAsync(port));
    }

    [Fact]
    public void A_port_that_was_just_used_may_be_claimed_again()
    {
        using var ports = new Ports();
        var port = ports.Free();
        using (var listener = new TcpListener(IPAddress.Loopback, port))
        {
            listener.Start();
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            // The server closes first: its side of the connection stays in TIME_WAIT.
            listener.AcceptTcpClient().Dispose();
        }

        Assert.Equal(port, ports.Claim(port));
    }

    [Fact]
    public void One_port_cannot_be_claimed_by_two_endpoints()
    {
        using var free = new Ports();
        using var ports = new Ports();
        var port = free.Free();
        Assert.Equal(port, ports.Claim(port));
        var refusal = Assert.Throws<DistributedApplicationException>(() => ports.Claim(port));
        Assert.StartsWith($"Port {port} is asked for by two endpoints", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_endpoints_of_one_model_with_the_same_port_are_refused_at_the_start_and_not_left_to_crash()
    {
        using var ports = new Ports();
        var port = ports.Free();
        var builder = Sample.Model();
        builder.AddScript("one", "sleep 1000").WithHttpEndpoint(port: port, env: "PORT");
        builder.AddScript("two", "sleep 1000").WithHttpEndpoint(targetPort: port, env: "PORT");
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => Sample.StartAsync(builder));
        Assert.Contains("asked for by two endpoints", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_replica_takes_the_port_that_was_asked_for()
    {
        using var ports = new Ports();
        using var others = new Ports();
        var wanted = others.Free();
        var endpoint = Sample.Model().AddScript("many", "true").WithHttpEndpoint(port: wanted).Resource.EndpointNamed("http");
        Assert.False(endpoint.IsAllocated);
        endpoint.Allocate(3, ports);
        Assert.Equal(wanted, endpoint.PortOf(0));
        Assert.Equal(3, new[] { endpoint.PortOf(0), endpoint.PortOf(1), endpoint.PortOf(2) }.Distinct().Count());
        Assert.Equal($"http://localhost:{endpoint.PortOf(2)}", endpoint.Url(2));
        Assert.Throws<DistributedApplicationException>(() => endpoint.PortOf(3));
    }
}
